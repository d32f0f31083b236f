"""One case of one layer, sent on its routes: all evidence that the rules will read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from maskcheck import progress
from maskcheck.lab import describe
from maskcheck.lab.api import is_keras, keras
from maskcheck.lab.build import BuildError, Built, build
from maskcheck.lab.by_keras import by_keras
from maskcheck.lab.calls import Modes, finite, modes
from maskcheck.lab.control import behaves_otherwise, with_control
from maskcheck.lab.idle import is_idle
from maskcheck.lab.observe import observe
from maskcheck.lab.perturb import perturb, put_back
from maskcheck.lab.purity import config_evidence
from maskcheck.lab.registry import custom_objects, functions, registration
from maskcheck.lab.routes import config, deepcopy, keras_file, weights
from maskcheck.lab.seeding import thorough
from maskcheck.lab.trip import NotTaken, Traveller
from maskcheck.model.case import Case, Subject
from maskcheck.model.evidence import Evidence, Failure, Trip
from maskcheck.model.snapshot import Snapshot
from maskcheck.model.value import Value

ROUTES: Mapping[str, Callable[[Traveller], Iterator[Trip | NotTaken]]] = {
    "config": config.travel,
    "keras": keras_file.travel,
    "weights": weights.travel,
    "deepcopy": deepcopy.travel,
}


def gather(
    cls: type[keras.Layer], subject: Subject, case: Case, routes: tuple[str, ...], seed: int, scratch: str
) -> Evidence:
    """Build the layer of ``case``, observe it, send it on ``routes`` and observe what comes back.

    Args:
        seed: of the data; construction on the way back runs under another one.
        scratch: an existing directory for files; emptied before each case.
    """
    evidence = _gather(cls, subject, case, routes, seed, scratch)
    if not behaves_otherwise(evidence):
        return evidence
    with thorough():
        return _gather(cls, subject, case, routes, seed, scratch)


def _gather(
    cls: type[keras.Layer], subject: Subject, case: Case, routes: tuple[str, ...], seed: int, scratch: str
) -> Evidence:
    evidence = Evidence(
        subject,
        case.id,
        methods=describe.methods(cls),
        registration=registration(cls),
        builtin=is_keras(cls),
    )
    try:
        built = build(cls, case, seed, data_seed=seed)
    except BuildError as error:
        return replace(evidence, failure=error.failure)
    wanted = modes(built.layer, built.inputs, seed)
    progress.stage(f"observing the layer (case {case.id})")
    reference = unsettled(built, wanted, seed)
    broken = reference.calls["inference"].error
    if broken:
        return replace(evidence, failure=Failure("call", broken))
    usable = {mode: inputs for mode, inputs in wanted.items() if reference.calls[mode].error is None}
    reference = replace(reference, calls={mode: reference.calls[mode] for mode in usable})
    files = os.path.join(scratch, "files")
    shutil.rmtree(files, ignore_errors=True)
    os.makedirs(files)
    traveller = Traveller(cls, case, built, usable, reference, custom_objects(built.layer), files, seed)
    evidence = replace(
        evidence,
        arguments=describe.arguments(cls, built),
        before=reference,
        functions=functions(built.layer),
        config=config_evidence(traveller),
    )
    evidence = _travel(evidence, traveller, routes)
    evidence = replace(evidence, rebuilt=_rebuilt(evidence, traveller))
    evidence = replace(evidence, by_keras=by_keras(evidence, traveller))
    return replace(with_control(evidence, traveller), idle=is_idle(traveller))


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
    return replace(evidence, trips=tuple(trips), skipped=skipped)
