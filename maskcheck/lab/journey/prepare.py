"""The first step: the layer is built, given random weights and observed, before anything is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maskcheck import task_stage
from maskcheck.lab.calls.build import BuildError, Built, build
from maskcheck.lab.calls.call import Modes, find_training_error, finite
from maskcheck.lab.calls.inputs import CallInputs
from maskcheck.lab.calls.modes import (
    ALL_FALSE,
    choose_extra_modes,
    choose_mask_modes,
    choose_modes,
    choose_training_calls,
    is_trainable,
)
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.config_purity import examine_config
from maskcheck.lab.journey.journey import Journey
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.constants import find_constants
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.randomize import randomize_weights, restore_weights
from maskcheck.lab.layer.registration import describe_functions, describe_registration, find_custom_objects
from maskcheck.lab.layer_class import describe
from maskcheck.lab.layer_class.config_edits import describe_edits
from maskcheck.lab.layer_class.constructor import accepts
from maskcheck.lab.layer_class.keras_names import find_keras_names
from maskcheck.lab.layer_class.parameters import all_parameters
from maskcheck.lab.layer_class.part_classes import find_part_classes
from maskcheck.lab.process.workplace import empty_folder
from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Evidence, Failure
from maskcheck.model.layer_facts import LayerFacts
from maskcheck.model.route import ROUTES
from maskcheck.model.snapshot import TRAINING_STEP, CallResult, Snapshot


def prepare(journey: Journey) -> tuple[Evidence, Traveller | None]:
    """Return what is known of the layer before its routes, and the layer ready for them.

    Without a traveller ``failure`` of the evidence says why: the layer could not be built or called.
    """
    evidence = Evidence(journey.subject, journey.case.id, _describe_class(journey.cls))
    try:
        built = _build(journey)
    except BuildError as error:
        return replace(evidence, failure=error.failure), None
    all_routes = set(journey.routes) >= set(ROUTES)
    wanted, extra = _choose_modes(built, journey.seed, all_routes=all_routes)
    task_stage.enter(f"observing the layer (case {journey.case.id})")
    # Before the layer is observed, so that its last call is the same as that of every copy.
    untrainable = _try_training(built, wanted["inference"], journey)
    every = {**wanted, **(extra if "keras" in journey.routes else {})}
    reference = randomize_and_observe(built, every, journey.seed, thorough=journey.thorough)
    broken = reference.calls["inference"].error
    if broken:
        return replace(evidence, failure=Failure("call", broken)), None
    untrained = _explain_untrained(built, wanted["inference"], reference)
    usable = {mode: call for mode, call in reference.calls.items() if _is_usable(mode, call)}
    traveller = Traveller(
        cls=journey.cls,
        case=journey.case,
        built=built,
        modes=_keep(wanted, usable),
        reference=replace(reference, calls=usable),
        custom_objects=find_custom_objects(built.layer),
        scratch=empty_folder(journey.scratch, "files"),
        seed=journey.seed,
        extra_modes=_keep(extra, usable),
        all_routes=all_routes,
        thorough=journey.thorough,
        ask=journey.ask,
    )
    facts = _describe_layer(evidence.facts, traveller)
    config = examine_config(traveller)
    return replace(
        evidence,
        facts=facts,
        before=traveller.reference,
        config=config,
        untrained=untrained,
        untrainable=untrainable,
    ), traveller


def _try_training(built: Built, inference: CallInputs, journey: Journey) -> ErrorInfo | None:
    """Return what calls in training raise, None where one works or the case says that there are none."""
    if "training" in journey.case.call and journey.case.origin != "inferred":
        return None
    ways = choose_training_calls(built.layer, inference, journey.seed)
    return find_training_error(built.layer, ways, journey.seed)


def _build(journey: Journey) -> Built:
    if journey.original:
        return journey.original()
    seed = journey.seed
    return build(journey.cls, journey.case, seed, data_seed=seed, thorough=journey.thorough, used=True)


def _describe_class(cls: type[keras.Layer]) -> LayerFacts:
    major, minor = keras.__version__.split(".")[:2]
    return LayerFacts(
        methods=describe.describe_methods(cls),
        keras_names=find_keras_names(cls),
        edits=describe_edits(cls),
        registration=describe_registration(cls),
        is_keras=is_keras(cls),
        is_model=issubclass(cls, keras.Model),
        keras=(int(major), int(minor)),
        arguments_unseen=describe.hides_arguments(cls),
    )


def _describe_layer(facts: LayerFacts, traveller: Traveller) -> LayerFacts:
    cls, built = traveller.cls, traveller.built
    return replace(
        facts,
        arguments=describe.describe_arguments(cls, built.layer, built.arguments, built.explicit),
        accepted=frozenset(all_parameters(cls)),
        takes_dtype=accepts(cls, "dtype"),
        functions=describe_functions(built.layer),
        parts=find_part_classes(built.layer),
        constants=find_constants(walk(built.layer)),
        unreadable=describe.find_unreadable(built.layer),
    )


def _choose_modes(built: Built, seed: int, *, all_routes: bool) -> tuple[Modes, Modes]:
    """Return the calls to make on every route, and those to make on one form of one route."""
    wanted = choose_modes(built.layer, built.inputs, seed)
    masks = choose_mask_modes(built.layer, wanted["inference"], seed)
    extra = choose_extra_modes(built.layer, wanted["inference"], seed)
    return ({**wanted, **masks}, extra) if all_routes else (wanted, {**masks, **extra})


def randomize_and_observe(built: Built, wanted: Modes, seed: int, *, thorough: bool) -> Snapshot:
    """Give every weight random values and observe; take back what the layer cannot be called with."""
    old = randomize_weights(built.layer, seed)
    reference = observe(built.layer, wanted, seed, thorough=thorough)
    for integers_only in (True, False):
        if finite(reference.calls["inference"]) or not old:
            break
        restore_weights(built.layer, old, integers_only=integers_only)
        reference = observe(built.layer, wanted, seed, thorough=thorough)
    return reference


def _is_usable(mode: str, call: CallResult) -> bool:
    """Tell whether a call says anything; attention with nothing to attend to gives NaN."""
    return finite(call) if mode == ALL_FALSE else call.error is None


def _keep(wanted: Modes, usable: Mapping[str, CallResult]) -> Modes:
    return {mode: inputs for mode, inputs in wanted.items() if mode in usable}


def _explain_untrained(built: Built, inputs: CallInputs, reference: Snapshot) -> str:
    """Return why the layer cannot be trained for a step, "" if it was."""
    step = reference.calls.get(TRAINING_STEP)
    if step is None:
        trainable = is_trainable(built.layer, inputs)
        return "" if trainable else "nothing to train: no trainable weights and no float inputs"
    return f"a training step raises {step.error.type}: {step.error.message}" if step.error else ""
