"""Route ``fresh``: saved to a .keras file, loaded by a new process that never saw the layer.

It has another hash seed and Keras' default settings. Where anything comes back otherwise there,
the file is loaded here as well: what differs between the two is the process's doing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.api import is_keras
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.layer.seeds import is_thorough
from maskcheck.lab.process.keras_settings import DEFAULTS, surroundings
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.carrier import Vessel, vessel
from maskcheck.lab.routes.support.other_process import Arrival, Encounter, Visit, unload
from maskcheck.lab.routes.support.trip import NotTaken, Traveller, arrived, come_back, settled
from maskcheck.model.case import Subject
from maskcheck.model.evidence import Elsewhere, Failure, Setting, Trip
from maskcheck.model.helper_request import Lost, alone
from maskcheck.model.snapshot import ErrorInfo


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""
    if traveller.ask is alone:
        yield NotTaken("fresh", "", "there is no other process")
        return
    carrier = vessel(traveller)
    path = os.path.join(traveller.scratch, "fresh.keras")
    try:
        with quiet():
            guarded("save", carrier.model.save, path)
    except BuildError as error:
        yield Trip("fresh", carrier.form, failure=error.failure)
        return
    trip = _compared(traveller, carrier, path, _visited(traveller, carrier, path))
    yield trip if is_keras(traveller.cls) else _encountered(traveller, carrier, path, trip)


def _visited(traveller: Traveller, carrier: Vessel, path: str) -> Arrival:
    visit = Visit(
        case=traveller.case,
        path=path,
        place=carrier.place,
        modes=tuple(traveller.modes),
        classes={name: _address(cls) for name, cls in traveller.custom_objects.items()},
        seed=traveller.seed,
        other_seed=traveller.other_seed,
        thorough=is_thorough(),
    )
    answer = traveller.ask("newcomer", visit)
    return _lost(answer) if isinstance(answer, Lost) else answer


def _lost(answer: Lost) -> Arrival:
    return Arrival(failure=Failure("load", ErrorInfo("ProcessLost", answer.reason)))


def _compared(traveller: Traveller, carrier: Vessel, path: str, arrival: Arrival) -> Trip:
    """Return the trip, with what the same file gives here where it is not the layer that left."""
    after, failure = arrival.after, arrival.failure
    if after is not None:
        after, failure = settled(after, traveller.reference)
    trip = Trip("fresh", carrier.form, after, failure, unsafe=arrival.unsafe, elsewhere=Elsewhere())
    if after is not None and contrast(traveller.reference, after).empty:
        return trip
    back = come_back(traveller, lambda safe: unload(path, carrier.place, safe))
    here = arrived(traveller, "fresh", carrier.form, back)
    settings = tuple(
        Setting(name, value, DEFAULTS[name], imported=arrival.imported.get(name) == value)
        for name, value in surroundings().items()
        if value != DEFAULTS[name]
    )
    return replace(trip, cause=here.cause, hidden=here.hidden, elsewhere=Elsewhere(here.after, settings))


def _encountered(traveller: Traveller, carrier: Vessel, path: str, trip: Trip) -> Trip:
    """Add what a process without the user's modules makes of the file."""
    answer = traveller.ask("stranger", Encounter(path, carrier.place))
    if isinstance(answer, Lost):
        return trip
    return replace(trip, elsewhere=replace(trip.elsewhere or Elsewhere(), stranger=answer))


def _address(cls: type[Any]) -> Subject:
    """Return where another process finds a class: under the name by which its module holds it."""
    module = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    name = next((name for name, value in module.items() if value is cls), cls.__qualname__)
    return Subject(cls.__module__, name, "", 1)
