"""Route ``fresh``: saved to a .keras file, loaded by a new process that never saw the layer.

It has another hash seed and Keras' default settings. Where anything comes back otherwise there,
the file is loaded here as well: what differs between the two is due to the process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from maskcheck.compare.snapshots import contrast
from maskcheck.error_texts.read import read_error
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import is_keras
from maskcheck.lab.process.audit import unwatched
from maskcheck.lab.process.keras_settings import DEFAULTS, read_keras_settings
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.carrier import Carrier, make_carrier
from maskcheck.lab.routes.support.other_process import BareLoadRequest, LoadAnswer, LoadRequest, load_layer
from maskcheck.lab.routes.support.trip import bring_back, check_calls, complete_trip, set_attributes
from maskcheck.model.case import Subject
from maskcheck.model.evidence import Elsewhere, Failure, NotTaken, Setting, Trip
from maskcheck.model.helper_request import Lost, alone
from maskcheck.model.snapshot import Snapshot


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""
    if traveller.ask is alone:
        yield NotTaken("fresh", "", "there is no other process")
        return
    carrier = make_carrier(traveller)
    path = os.path.join(traveller.scratch, "fresh.keras")
    try:
        with quiet():
            guarded("save", carrier.model.save, path)
    except BuildError as error:
        yield Trip("fresh", carrier.form, failure=error.failure)
        return
    trip = _compare_processes(traveller, carrier, path, _ask_importing(traveller, carrier, path))
    yield trip if is_keras(traveller.cls) else _ask_bare(traveller, carrier, path, trip)


def _ask_importing(traveller: Traveller, carrier: Carrier, path: str) -> LoadAnswer:
    request = LoadRequest(
        case=traveller.case,
        path=path,
        index=carrier.index,
        modes=tuple(traveller.modes),
        classes={name: _find_address(cls) for name, cls in traveller.custom_objects.items()},
        seed=traveller.seed,
        construction_seed=traveller.construction_seed,
        thorough=traveller.thorough,
        waking_seed=traveller.waking_seed if traveller.built.may_draw_at_first else None,
    )
    with unwatched():
        answer = traveller.ask("importing", request)
    return _as_failed_load(answer) if isinstance(answer, Lost) else answer


def _as_failed_load(answer: Lost) -> LoadAnswer:
    return LoadAnswer(failure=Failure("load", read_error("ProcessLost", answer.reason)))


def _compare_processes(traveller: Traveller, carrier: Carrier, path: str, answer: LoadAnswer) -> Trip:
    """Return the trip, with what the same file gives here where it is not the layer that left."""
    after, failure = answer.after, answer.failure
    if after is not None:
        after, failure = check_calls(after, traveller.reference)
    trip = Trip(
        "fresh",
        carrier.form,
        after,
        failure,
        unsafe=answer.unsafe,
        elsewhere=Elsewhere(),
        touches=answer.touches,
    )
    if after is not None and contrast(traveller.reference, after).empty:
        return trip
    back = bring_back(traveller, lambda safe: load_layer(path, carrier.index, safe))
    here = complete_trip(traveller, "fresh", carrier.form, back)
    settings = tuple(
        Setting(name, value, DEFAULTS[name], imported=answer.imported.get(name) == value)
        for name, value in read_keras_settings().items()
        if value != DEFAULTS[name]
    )
    return replace(
        trip,
        after=_share_flags(traveller, here, after),
        cause=here.cause,
        cause_unseen=here.cause_unseen,
        overwritten=here.overwritten,
        elsewhere=Elsewhere(here.after, settings),
    )


def _share_flags(traveller: Traveller, here: Trip, after: Snapshot | None) -> Snapshot | None:
    """Return what came back there with the flags that were found to be the cause here."""
    moved = traveller.built.moved.intersection(here.cause)
    if after is None or here.after is None or not moved:
        return after
    states = here.after.layers
    known = {path: states[path.rpartition(".")[0]].attributes[path.rpartition(".")[2]] for path in moved}
    return set_attributes(after, known)


def _ask_bare(traveller: Traveller, carrier: Carrier, path: str, trip: Trip) -> Trip:
    """Add what a process without the user's modules makes of the file."""
    with unwatched():
        answer = traveller.ask("bare", BareLoadRequest(path, carrier.index))
    if isinstance(answer, Lost):
        return trip
    return replace(trip, elsewhere=replace(trip.elsewhere or Elsewhere(), bare=answer))


def _find_address(cls: type[Any]) -> Subject:
    """Return where another process finds a class: under the name by which its module holds it."""
    module = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    name = next((name for name, value in module.items() if value is cls), cls.__qualname__)
    return Subject(cls.__module__, name, "", 1)
