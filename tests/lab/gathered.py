"""Sends a layer of the tests on its routes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.model.case import Case, Leaf, Preparation, Subject
from maskcheck.model.evidence import Evidence, Trip
from maskcheck.model.helper_request import Ask, alone

INPUT = Leaf(shape=(2, 3))
ROUTES = ("config", "keras", "weights")


def evidence(
    cls: type,
    scratch: Path,
    *args: Any,
    routes: tuple[str, ...] = ROUTES,
    prepare: tuple[Preparation, ...] = (),
    call: dict[str, Any] | None = None,
    ask: Ask = alone,
    **init: Any,
) -> Evidence:
    """Return what ``cls``, constructed with ``init`` and called on ``args``, gives on the routes."""
    case = Case("plain", init=init, args=args or (INPUT,), prepare=prepare, call=call or {})
    subject = Subject(cls.__module__, cls.__qualname__, __file__, 1)
    return gather(Journey(cls, subject, case, routes, 0, str(scratch), ask))


def trips(found: Evidence) -> dict[str, Trip]:
    """Return the trips by route and form."""
    return {"/".join(filter(None, (trip.route, trip.form))): trip for trip in found.trips}


def losses(found: Evidence, name: str) -> Contrast:
    """Return in what the layer that came back on one trip differs, but for positions that nobody saves."""
    trip = trips(found)[name]
    before = found.left(trip)
    assert before is not None
    assert trip.after is not None, trip.failure
    whole = contrast(before, trip.after)
    saved = (change for change in whole.weights if change.before is None or change.before.kind != "seed")
    return replace(whole, weights=tuple(saved))
