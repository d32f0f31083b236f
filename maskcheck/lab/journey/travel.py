"""The second step: the layer is sent on its routes, and what comes back is observed."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import replace

from maskcheck import task_stage
from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.traveller import TakeRoute, Traveller
from maskcheck.model.evidence import Evidence, NotTaken, Trip
from maskcheck.model.route import ROUTE_TABLE
from maskcheck.rules.base.rule import PARTIAL_ROUTES

# How each route of the table is taken.
TAKE_ROUTES: Mapping[str, TakeRoute] = {
    route.name: importlib.import_module(f"maskcheck.lab.routes.{route.module}").travel
    for route in ROUTE_TABLE
}


def travel(evidence: Evidence, traveller: Traveller, routes: tuple[str, ...]) -> Evidence:
    """Return the evidence with a trip for each form of each route, or why there is none."""
    trips: list[Trip] = []
    skipped: dict[str, str] = {}
    untraceable = None
    for route in routes:
        task_stage.enter(f"taking the route {route} (case {traveller.case.id})")
        for result in TAKE_ROUTES[route](traveller):
            if isinstance(result, NotTaken):
                skipped["/".join(filter(None, (result.route, result.form)))] = result.reason
                untraceable = untraceable or result.error
            else:
                trips.append(result)
    if "keras" not in routes and any(_needs_keras_file(trip, traveller) for trip in trips):
        files = TAKE_ROUTES["keras"](traveller)
        trips += [trip for trip in files if isinstance(trip, Trip)]
    return replace(evidence, trips=tuple(trips), skipped=skipped, untraceable=untraceable)


def _needs_keras_file(trip: Trip, traveller: Traveller) -> bool:
    """Tell whether only a .keras file can show what to make of a trip: something did not come back."""
    if trip.route not in PARTIAL_ROUTES or trip.form == "plain":
        return False
    if trip.after is None:
        return True
    found = contrast(traveller.reference, trip.after)
    saved = (change for change in found.weights if change.before is None or change.before.kind != "seed")
    return not replace(found, weights=tuple(saved)).empty
