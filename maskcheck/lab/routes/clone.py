"""Route ``clone``: clone_model, which goes by from_config(get_config()), then the weights in their order."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras, safe_mode
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.carrier import make_carrier
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""
    carrier = make_carrier(traveller)

    def bring(safe: bool) -> keras.Layer:
        with quiet(), safe_mode(safe):
            copy = guarded("load", keras.models.clone_model, carrier.model)
        if not copy.built:
            traveller.call_once(copy)
        guarded("load", copy.set_weights, carrier.model.get_weights())
        return carrier.unload(copy)

    yield complete_trip(traveller, "clone", carrier.form, bring_back(traveller, bring))
