"""Route ``h5``: saved whole to a legacy .h5 file and loaded, in a functional model."""

from __future__ import annotations

import os
from collections.abc import Iterator

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.error_info import first_line
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.carrier import make_functional_carrier
from maskcheck.lab.routes.support.containers import NotTraceable
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip; the format holds no subclassed model, so there is none for the layer to hide in."""
    try:
        carrier = make_functional_carrier(traveller)
    except NotTraceable as error:
        yield NotTaken("h5", "", f"cannot be called on symbolic inputs: {first_line(error)}")
        return
    path = os.path.join(traveller.scratch, "model.h5")

    def bring(safe: bool) -> keras.Layer:
        with quiet():
            # With its optimizer a model is saved by taking that out of the model's own compile config.
            guarded("save", carrier.model.save, path, include_optimizer=False)
            loaded = guarded("load", keras.models.load_model, path, compile=False, safe_mode=safe)
        return carrier.unload(loaded)

    yield complete_trip(traveller, "h5", carrier.form, bring_back(traveller, bring))
