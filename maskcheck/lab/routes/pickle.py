"""Route ``pickle``: the layer by itself, and a model with the layer in it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from maskcheck.lab.api import keras
from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.deepcopy import unless_by_python
from maskcheck.lab.routes.support.carrier import Vessel, vessel
from maskcheck.lab.routes.support.trip import arrived, come_back
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the trip of the layer, and that of the model unless they are one."""
    carrier = vessel(traveller)
    if carrier.place is not None:
        alone = _pickled(traveller, Vessel(traveller.layer, "layer"), inference_only=True)
        yield unless_by_python(traveller, alone)
    yield _pickled(traveller, carrier)


def _pickled(traveller: Traveller, carrier: Vessel, *, inference_only: bool = False) -> Trip:
    def bring(_: bool) -> keras.Layer:
        with quiet():
            text = guarded("save", pickle.dumps, carrier.model)
            return carrier.unloaded(guarded("load", pickle.loads, text))

    back = come_back(traveller, bring)
    return arrived(traveller, "pickle", carrier.form, back, inference_only=inference_only)
