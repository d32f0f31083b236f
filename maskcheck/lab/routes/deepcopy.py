"""Route ``deepcopy``: copy.deepcopy, which Keras does by saving the layer to memory and loading it."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Iterator

from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import BY_PYTHON, keras
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip
from maskcheck.rules.base.text import describe_error


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""

    def bring(_: bool) -> keras.Layer:
        try:
            return copy.deepcopy(traveller.layer)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            raise BuildError(_step(error), error) from error

    trip = complete_trip(traveller, "deepcopy", "", bring_back(traveller, bring), inference_only=True)
    yield skip_if_by_python(traveller, trip)


def skip_if_by_python(traveller: Traveller, trip: Trip) -> Trip | NotTaken:
    """Return the trip of a layer by itself, or why there is none: it failed, and Keras had no part in it."""
    if not (BY_PYTHON and trip.failure) or isinstance(traveller.layer, keras.Model):
        return trip
    return NotTaken(trip.route, trip.form, f"{BY_PYTHON}: {describe_error(trip.failure.error)}")


def _step(error: BaseException) -> str:
    """Return whether a copy failed on its way out ("save") or back ("load")."""
    steps = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    return "save" if any(name.startswith("_save_model") for name in steps) else "load"
