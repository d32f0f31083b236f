"""Route ``pickle``: the layer by itself, and a model with the layer in it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.deepcopy import skip_if_by_python
from maskcheck.lab.routes.support.carrier import Carrier, make_carrier
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the trip of the layer, and that of the model unless they are one."""
    carrier = make_carrier(traveller)
    if carrier.index is not None:
        alone = _send_pickled(traveller, Carrier(traveller.layer, "layer"), inference_only=True)
        yield skip_if_by_python(traveller, alone)
    yield _send_pickled(traveller, carrier)


def _send_pickled(traveller: Traveller, carrier: Carrier, *, inference_only: bool = False) -> Trip:
    def bring(_: bool) -> keras.Layer:
        with quiet():
            text = guarded("save", pickle.dumps, carrier.model)
            return carrier.unload(guarded("load", pickle.loads, text))

    back = bring_back(traveller, bring)
    return complete_trip(traveller, "pickle", carrier.form, back, inference_only=inference_only)
