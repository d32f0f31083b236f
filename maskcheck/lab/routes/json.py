"""Route ``json``: the architecture as JSON text, the weights in a .weights.h5 file beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import bare_names, keras, safe_mode
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.carrier import make_carrier
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""
    carrier = make_carrier(traveller)
    path = os.path.join(traveller.scratch, "json.weights.h5")

    def bring(safe: bool) -> keras.Layer:
        with quiet(), safe_mode(safe):
            text = guarded("save", carrier.model.to_json)
            guarded("save", carrier.model.save_weights, path)
            copy = guarded("load", keras.models.model_from_json, text)
            if not copy.built:  # Keras 2 does not write on what a model was built
                traveller.call_once(copy)
            guarded("load", copy.load_weights, path)
        return carrier.unload(copy)

    objects = {**traveller.custom_objects, **bare_names(carrier.model)}
    back = bring_back(replace(traveller, custom_objects=objects), bring)
    yield complete_trip(traveller, "json", carrier.form, back)
