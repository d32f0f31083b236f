"""The third step: the layer is compared with itself and with Keras' own classes, to explain what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.constant_output import has_constant_output
from maskcheck.lab.calls.stated_shapes import read_stated_shapes
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.lost_by_keras import find_lost_by_keras
from maskcheck.lab.diagnosis.refused_lists import find_refused_lists
from maskcheck.lab.diagnosis.self_comparison import compare_with_itself
from maskcheck.lab.diagnosis.settle_rounding import settle_rounding
from maskcheck.lab.diagnosis.unbuilt_layers import find_unbuilt_layers
from maskcheck.lab.journey.travel import TAKE_ROUTES
from maskcheck.lab.routes.config import send_through_json
from maskcheck.lab.routes.support.containers import is_bypassed
from maskcheck.model.evidence import Evidence, Trip
from maskcheck.model.value import Value


def explain(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Return the evidence with what is known of the reasons.

    Args:
        evidence: with the trips of the layer.
        traveller: has been on these routes, and on nothing but them.
    """
    evidence = settle_rounding(evidence, traveller, TAKE_ROUTES)
    evidence = replace(evidence, rebuilt=_find_rebuilt(evidence, traveller))
    if _is_refused_as_json(evidence):
        evidence = replace(evidence, refused_lists=find_refused_lists(traveller))
    if any(_lacks_weights(evidence, trip) for trip in evidence.trips):
        unbuilt, gaps = find_unbuilt_layers(traveller)
        evidence = replace(evidence, unbuilt=unbuilt, build_gaps=gaps)
    evidence = replace(evidence, lost_by_keras=find_lost_by_keras(evidence, traveller))
    stated = read_stated_shapes(traveller.layer, traveller.modes["inference"])
    evidence = replace(compare_with_itself(evidence, traveller, TAKE_ROUTES), stated=stated)
    stability = replace(evidence.stability, constant_output=has_constant_output(traveller))
    bypassed = is_bypassed(traveller.layer, traveller.modes["inference"])
    return replace(evidence, stability=stability, bypassed=bypassed)


def _is_refused_as_json(evidence: Evidence) -> bool:
    """Tell whether the layer comes back from its config, and not from the text that a file has of it."""
    refused = {trip.form for trip in evidence.trips if trip.route == "config" and trip.failure}
    return refused == {"json"}


def _lacks_weights(evidence: Evidence, trip: Trip) -> bool:
    """Tell whether weights did not come back, or their file was refused."""
    if trip.failure and trip.failure.step == "load":
        return True
    before = evidence.left(trip)
    return bool(before and trip.after and contrast(before, trip.after).weights)


def _find_rebuilt(evidence: Evidence, traveller: Traveller) -> Mapping[str, Value] | None:
    """Return what ``__init__`` received on the way back from the config, on its route or beside it."""
    if any(trip.route == "config" for trip in evidence.trips):
        return next((trip.rebuilt for trip in evidence.trips if trip.rebuilt is not None), None)
    trip, _ = send_through_json(replace(traveller, modes={}))
    return trip.rebuilt
