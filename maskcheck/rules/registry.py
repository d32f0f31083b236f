"""Every rule, in the order in which they are judged: a rule after those it requires."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import Mark
from maskcheck.rules.argument_altered import ArgumentAltered
from maskcheck.rules.argument_missing import ArgumentMissing
from maskcheck.rules.attribute_lost import AttributeLost
from maskcheck.rules.attribute_random import AttributeRandom
from maskcheck.rules.base_config_lost import BaseConfigLost
from maskcheck.rules.call_failed import CallFailed
from maskcheck.rules.class_degraded import ClassDegraded
from maskcheck.rules.compile_state_lost import CompileStateLost
from maskcheck.rules.config_drift import ConfigDrift
from maskcheck.rules.config_ignored import ConfigIgnored
from maskcheck.rules.config_impure import ConfigImpure
from maskcheck.rules.config_rejected import ConfigRejected
from maskcheck.rules.config_unserializable import ConfigUnserializable
from maskcheck.rules.construct_failed import ConstructFailed
from maskcheck.rules.crashed import Crashed
from maskcheck.rules.device_differs import DeviceDiffers
from maskcheck.rules.dtype_behaviour_changed import DtypeBehaviourChanged
from maskcheck.rules.format_limit import FormatLimit
from maskcheck.rules.fresh_process_differs import FreshProcessDiffers
from maskcheck.rules.identity_lost import IdentityLost
from maskcheck.rules.import_failed import ImportFailed
from maskcheck.rules.load_failed import LoadFailed
from maskcheck.rules.loss_changed import LossChanged
from maskcheck.rules.mask_changed import MaskChanged
from maskcheck.rules.mask_lost import MaskLost
from maskcheck.rules.no_case import NoCase
from maskcheck.rules.not_registered import NotRegistered
from maskcheck.rules.output_changed import OutputChanged
from maskcheck.rules.output_shape_changed import OutputShapeChanged
from maskcheck.rules.output_shape_misstated import OutputShapeMisstated
from maskcheck.rules.own_state_asymmetric import OwnStateAsymmetric
from maskcheck.rules.registration_collision import RegistrationCollision
from maskcheck.rules.rule import Rule
from maskcheck.rules.save_failed import SaveFailed
from maskcheck.rules.stale_expectation import StaleExpectation
from maskcheck.rules.state_not_saved import StateNotSaved
from maskcheck.rules.sublayer_changed import SublayerChanged
from maskcheck.rules.supports_masking_changed import SupportsMaskingChanged
from maskcheck.rules.timed_out import TimedOut
from maskcheck.rules.too_few_proven import TooFewProven
from maskcheck.rules.trainable_changed import TrainableChanged
from maskcheck.rules.training_changed import TrainingChanged
from maskcheck.rules.unsafe_load import UnsafeLoad
from maskcheck.rules.unstable import Unstable
from maskcheck.rules.variable_untracked import VariableUntracked
from maskcheck.rules.weight_missing import WeightMissing
from maskcheck.rules.weight_not_restored import WeightNotRestored
from maskcheck.rules.weight_type_changed import WeightTypeChanged
from maskcheck.rules.weights_swapped import WeightsSwapped

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
