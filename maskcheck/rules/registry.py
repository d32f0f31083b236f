"""Every rule, in the order in which they are judged: a rule after those it requires."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import Mark
from maskcheck.rules.attributes.attribute_lost import AttributeLost
from maskcheck.rules.attributes.attribute_random import AttributeRandom
from maskcheck.rules.attributes.identity_lost import IdentityLost
from maskcheck.rules.attributes.sublayer_changed import SublayerChanged
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.calls.loss_changed import LossChanged
from maskcheck.rules.calls.output_changed import OutputChanged
from maskcheck.rules.calls.output_shape_changed import OutputShapeChanged
from maskcheck.rules.calls.output_shape_misstated import OutputShapeMisstated
from maskcheck.rules.calls.training_changed import TrainingChanged
from maskcheck.rules.config.argument_altered import ArgumentAltered
from maskcheck.rules.config.argument_missing import ArgumentMissing
from maskcheck.rules.config.base_config_lost import BaseConfigLost
from maskcheck.rules.config.class_degraded import ClassDegraded
from maskcheck.rules.config.config_drift import ConfigDrift
from maskcheck.rules.config.config_ignored import ConfigIgnored
from maskcheck.rules.config.config_impure import ConfigImpure
from maskcheck.rules.config.config_rejected import ConfigRejected
from maskcheck.rules.config.config_unserializable import ConfigUnserializable
from maskcheck.rules.environment.device_differs import DeviceDiffers
from maskcheck.rules.environment.dtype_behaviour_changed import DtypeBehaviourChanged
from maskcheck.rules.files.format_limit import FormatLimit
from maskcheck.rules.files.fresh_process_differs import FreshProcessDiffers
from maskcheck.rules.files.load_failed import LoadFailed
from maskcheck.rules.files.not_registered import NotRegistered
from maskcheck.rules.files.registration_collision import RegistrationCollision
from maskcheck.rules.files.save_failed import SaveFailed
from maskcheck.rules.files.unsafe_load import UnsafeLoad
from maskcheck.rules.masks.mask_changed import MaskChanged
from maskcheck.rules.masks.mask_lost import MaskLost
from maskcheck.rules.masks.supports_masking_changed import SupportsMaskingChanged
from maskcheck.rules.run.call_failed import CallFailed
from maskcheck.rules.run.construct_failed import ConstructFailed
from maskcheck.rules.run.crashed import Crashed
from maskcheck.rules.run.import_failed import ImportFailed
from maskcheck.rules.run.no_case import NoCase
from maskcheck.rules.run.stale_expectation import StaleExpectation
from maskcheck.rules.run.timed_out import TimedOut
from maskcheck.rules.run.too_few_proven import TooFewProven
from maskcheck.rules.run.unstable import Unstable
from maskcheck.rules.weights.compile_state_lost import CompileStateLost
from maskcheck.rules.weights.own_state_asymmetric import OwnStateAsymmetric
from maskcheck.rules.weights.state_not_saved import StateNotSaved
from maskcheck.rules.weights.trainable_changed import TrainableChanged
from maskcheck.rules.weights.variable_untracked import VariableUntracked
from maskcheck.rules.weights.weight_missing import WeightMissing
from maskcheck.rules.weights.weight_not_restored import WeightNotRestored
from maskcheck.rules.weights.weight_type_changed import WeightTypeChanged
from maskcheck.rules.weights.weights_swapped import WeightsSwapped

RULES: tuple[Rule, ...] = (
    ImportFailed(),
    NoCase(),
    ConstructFailed(),
    CallFailed(),
    Crashed(),
    TimedOut(),
    StaleExpectation(),
    TooFewProven(),
    ConfigUnserializable(),
    ConfigImpure(),
    ConfigRejected(),
    RegistrationCollision(),
    NotRegistered(),
    UnsafeLoad(),
    FormatLimit(),
    FreshProcessDiffers(),
    ClassDegraded(),
    SaveFailed(),
    BaseConfigLost(),
    ArgumentMissing(),
    ArgumentAltered(),
    ConfigIgnored(),
    ConfigDrift(),
    IdentityLost(),
    VariableUntracked(),
    OwnStateAsymmetric(),
    AttributeRandom(),
    AttributeLost(),
    SublayerChanged(),
    DtypeBehaviourChanged(),
    TrainableChanged(),
    WeightTypeChanged(),
    WeightMissing(),
    WeightsSwapped(),
    WeightNotRestored(),
    StateNotSaved(),
    CompileStateLost(),
    SupportsMaskingChanged(),
    LoadFailed(),
    Unstable(),
    DeviceDiffers(),
    OutputShapeChanged(),
    OutputChanged(),
    LossChanged(),
    OutputShapeMisstated(),
    TrainingChanged(),
    MaskLost(),
    MaskChanged(),
)


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that ``select`` keeps (all if empty) and ``ignore`` does not drop.

    Both hold prefixes of codes or names of rules.

    Raises:
        UsageError: a prefix or name that fits no rule.
    """
    for word in (*select, *ignore):
        if not any(matches(rule, word) for rule in RULES):
            known = [text for rule in RULES for text in (rule.code, rule.name)]
            raise UsageError(f"no rule {word!r}", hint=did_you_mean(word, known))
    return tuple(
        rule
        for rule in RULES
        if (not select or any(matches(rule, word) for word in select))
        and not any(matches(rule, word) for word in ignore)
    )


def applied_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that a scan applies: what is expected of these is held to account in any case.

    Raises:
        UsageError: a prefix or name that fits no rule.
    """
    return select_rules((*select, StaleExpectation.code) if select else (), ignore)


def check_selection(select: Sequence[str], ignore: Sequence[str], mark: Mark | None = None) -> None:
    """Refuse to leave out all rules.

    Raises:
        UsageError: no rule is left, as ``mark`` says, or a prefix or name fits none.
    """
    if not select_rules(select, ignore):
        raise UsageError("no rule is left: ignore takes away all that select names", mark=mark)


def matches(rule: Rule, word: str) -> bool:
    """Tell whether ``word`` is the rule's name or a prefix of its code."""
    return rule.name == word.lower() or (word != "" and rule.code.startswith(word.upper()))


def find_rule(word: str) -> Rule:
    """Return the rule of a code or name.

    Raises:
        UsageError: there is none; names the nearest.
    """
    for rule in RULES:
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    known = [text for rule in RULES for text in (rule.code, rule.name)]
    raise UsageError(f"no rule {word!r}", hint=did_you_mean(word, known))


def rule_of(word: str) -> Rule | None:
    """Return the rule of a code or name, None where there is none."""
    return next((rule for rule in RULES if word in (rule.code, rule.name)), None)
