"""Another layer to hold the original against: built like it, or back on the same route."""

from __future__ import annotations

from collections.abc import Mapping

from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.calls.traveller import TakeRoute, Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.model.evidence import Trip
from maskcheck.model.snapshot import Snapshot


def make_twin(traveller: Traveller, seed_offset: int) -> keras.Layer | None:
    """Return the layer of the same case, built under another seed, with the weights of the original."""
    try:
        built = traveller.build(traveller.seed + seed_offset, used=True)
    except BuildError:
        return None
    copy_weights(traveller.layer, built.layer)
    return built.layer


def take_same_way(traveller: Traveller, trip: Trip, routes: Mapping[str, TakeRoute]) -> Snapshot | None:
    """Return what comes back on the route and in the form of a trip, None if nothing does."""
    for result in routes[trip.route](traveller):
        if isinstance(result, Trip) and result.form == trip.form:
            return result.after
    return None
