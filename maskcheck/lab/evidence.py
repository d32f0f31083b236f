"""One case of one layer, sent on its routes: all evidence that the rules will read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from maskcheck import progress
from maskcheck.compare.snapshots import contrast
from maskcheck.lab.api import is_keras, keras
from maskcheck.lab.calls.build import BuildError, Built, build
from maskcheck.lab.calls.call import Modes, finite
from maskcheck.lab.calls.constant_output import is_idle
from maskcheck.lab.calls.inputs import CallInputs
from maskcheck.lab.calls.modes import ALL_FALSE, is_trainable, mask_modes, modes, rare_modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.stated_shapes import stated_shapes
from maskcheck.lab.diagnosis.config_purity import config_evidence
from maskcheck.lab.diagnosis.lost_by_keras import by_keras
from maskcheck.lab.diagnosis.self_comparison import behaves_otherwise, with_control
from maskcheck.lab.layer import describe
from maskcheck.lab.layer.constructor import accepts
from maskcheck.lab.layer.parameters import all_parameters
from maskcheck.lab.layer.randomize import perturb, put_back
from maskcheck.lab.layer.registration import custom_objects, functions, registration
from maskcheck.lab.layer.seeds import is_thorough, thorough
from maskcheck.lab.process.placement import placed
from maskcheck.lab.routes import (
    clone,
    config,
    deepcopy,
    export,
    fresh,
    h5,
    json_,
    keras_file,
    pickle_,
    tf_checkpoint,
    weights,
)
from maskcheck.lab.routes.support.trip import NotTaken, Traveller
from maskcheck.model.case import Case, Subject
from maskcheck.model.evidence import Evidence, Failure, LayerFacts, Trip
from maskcheck.model.helper_request import Ask, alone
from maskcheck.model.snapshot import TRAINING_STEP, CallResult, Snapshot
from maskcheck.model.value import Value
from maskcheck.rules.base.rule import PARTIAL_ROUTES

ROUTES: Mapping[str, Callable[[Traveller], Iterator[Trip | NotTaken]]] = {
    "config": config.travel,
    "keras": keras_file.travel,
    "weights": weights.travel,
    "deepcopy": deepcopy.travel,
    "fresh": fresh.travel,
    "pickle": pickle_.travel,
    "h5": h5.travel,
    "clone": clone.travel,
    "json": json_.travel,
    "tf-checkpoint": tf_checkpoint.travel,
    "export": export.travel,
}


def gather(
    cls: type[keras.Layer],
    subject: Subject,
    case: Case,
    routes: tuple[str, ...],
    seed: int,
    scratch: str,
    ask: Ask = alone,
    original: Callable[[], Built] | None = None,
) -> Evidence:
    """Build the layer of ``case``, observe it, send it on ``routes`` and observe what comes back.

    Args:
        seed: of the data; construction on the way back runs under another one.
        scratch: an existing directory for files; emptied before each case.
        ask: has something done in another process, for routes that end there.
        original: gives the layer to send away, where it is not to be built.
    """

    def gathered() -> Evidence:
        return _gather(cls, subject, case, routes, seed, scratch, ask, original)

    with placed(case.device):
        evidence = gathered()
        if not behaves_otherwise(evidence):
            return evidence
        with thorough():
            return gathered()


def _gather(
    cls: type[keras.Layer],
    subject: Subject,
    case: Case,
    routes: tuple[str, ...],
    seed: int,
    scratch: str,
    ask: Ask,
    original: Callable[[], Built] | None,
) -> Evidence:
    facts = LayerFacts(
        methods=describe.methods(cls),
        registration=registration(cls),
        is_keras=is_keras(cls),
        keras=_version(),
        arguments_unseen=describe.is_blind(cls),
    )
    evidence = Evidence(subject, case.id, facts)
    try:
        built = original() if original else build(cls, case, seed, data_seed=seed)
    except BuildError as error:
        return replace(evidence, failure=error.failure)
    everywhere = set(routes) >= set(ROUTES)
    wanted, rare = _modes(built, seed, everywhere=everywhere)
    progress.stage(f"observing the layer (case {case.id})")
    reference = unsettled(built, {**wanted, **(rare if "keras" in routes else {})}, seed)
    broken = reference.calls["inference"].error
    if broken:
        return replace(evidence, failure=Failure("call", broken))
    untrained = _untrained(built, wanted["inference"], reference)
    reference = replace(reference, calls={m: call for m, call in reference.calls.items() if _tells(m, call)})
    usable, rare = (
        {mode: inputs for mode, inputs in some.items() if mode in reference.calls} for some in (wanted, rare)
    )
    files = os.path.join(scratch, "files")
    shutil.rmtree(files, ignore_errors=True)
    os.makedirs(files)
    traveller = Traveller(
        cls,
        case,
        built,
        usable,
        reference,
        custom_objects(built.layer),
        files,
        seed,
        rare=rare,
        everywhere=everywhere,
        ask=ask,
    )
    evidence = replace(
        evidence,
        facts=replace(
            facts,
            arguments=describe.arguments(cls, built),
            accepted=frozenset(all_parameters(cls)),
            takes_dtype=accepts(cls, "dtype"),
            functions=functions(built.layer),
        ),
        before=reference,
        config=config_evidence(traveller),
        untrained=untrained,
    )
    with placed(case.there):
        evidence = _travel(evidence, traveller, routes)
    if behaves_otherwise(evidence) and not is_thorough():
        return evidence  # gathered again with all randomness held still
    evidence = replace(evidence, rebuilt=_rebuilt(evidence, traveller))
    evidence = replace(evidence, lost_by_keras=by_keras(evidence, traveller))
    stated = stated_shapes(built.layer, usable["inference"])
    evidence = replace(with_control(evidence, traveller, ROUTES), stated=stated)
    return replace(evidence, stability=replace(evidence.stability, constant_output=is_idle(traveller)))


def _modes(built: Built, seed: int, *, everywhere: bool) -> tuple[Modes, Modes]:
    """Return the calls to make on every route, and those to make on one form of one route."""
    wanted = modes(built.layer, built.inputs, seed)
    masks = mask_modes(built.layer, wanted["inference"], seed)
    rare = rare_modes(built.layer, wanted["inference"], seed)
    return ({**wanted, **masks}, rare) if everywhere else (wanted, {**masks, **rare})


def _tells(mode: str, call: CallResult) -> bool:
    """Tell whether a call says anything; attention with nothing to attend to gives NaN."""
    return finite(call) if mode == ALL_FALSE else call.error is None


def _untrained(built: Built, inputs: CallInputs, reference: Snapshot) -> str:
    """Return why the layer cannot be trained for a step, "" if it was."""
    step = reference.calls.get(TRAINING_STEP)
    if step is None:
        trainable = is_trainable(built.layer, inputs)
        return "" if trainable else "nothing to train: no trainable weights and no float inputs"
    return f"a training step raises {step.error.type}: {step.error.message}" if step.error else ""


def _rebuilt(evidence: Evidence, traveller: Traveller) -> Mapping[str, Value] | None:
    """Return what ``__init__`` received on the way back from the config, on its route or beside it."""
    if any(trip.route == "config" for trip in evidence.trips):
        return next((trip.rebuilt for trip in evidence.trips if trip.rebuilt is not None), None)
    trip, _ = config.through_json(replace(traveller, modes={}))
    return trip.rebuilt


def unsettled(built: Built, wanted: Modes, seed: int) -> Snapshot:
    """Give every weight random values and observe; take back what the layer cannot be called with."""
    old = perturb(built.layer, seed)
    reference = observe(built.layer, wanted, seed)
    for integers_only in (True, False):
        if finite(reference.calls["inference"]) or not old:
            break
        put_back(built.layer, old, integers_only=integers_only)
        reference = observe(built.layer, wanted, seed)
    return reference


def _travel(evidence: Evidence, traveller: Traveller, routes: tuple[str, ...]) -> Evidence:
    trips: list[Trip] = []
    skipped: dict[str, str] = {}
    for route in routes:
        progress.stage(f"taking the route {route} (case {traveller.case.id})")
        for result in ROUTES[route](traveller):
            if isinstance(result, NotTaken):
                skipped["/".join(filter(None, (result.route, result.form)))] = result.reason
            else:
                trips.append(result)
    if "keras" not in routes and any(_is_partial_and_otherwise(trip, traveller) for trip in trips):
        trips += [trip for trip in keras_file.travel(traveller) if isinstance(trip, Trip)]
    return replace(evidence, trips=tuple(trips), skipped=skipped)


def _is_partial_and_otherwise(trip: Trip, traveller: Traveller) -> bool:
    """Tell whether only a .keras file can show what to make of a trip: something did not come back."""
    if trip.route not in PARTIAL_ROUTES or trip.form == "plain":
        return False
    if trip.after is None:
        return True
    found = contrast(traveller.reference, trip.after)
    saved = (change for change in found.weights if change.before is None or change.before.kind != "seed")
    return not replace(found, weights=tuple(saved)).empty


def _version() -> tuple[int, int]:
    major, minor = keras.__version__.split(".")[:2]
    return int(major), int(minor)
