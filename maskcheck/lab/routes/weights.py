"""Route ``weights``: saved to a .weights.h5 file, loaded into a layer built anew from the same case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from maskcheck.lab.calls.build import BuildError, Built, guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.routes.support.containers import make_holder
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip, unless the layer has no variables or cannot be made anew."""
    if obstacle := find_obstacle(traveller):
        yield NotTaken("weights", "", obstacle)
        return
    path = os.path.join(traveller.scratch, "layer.weights.h5")

    def bring(_: bool) -> keras.Layer:
        anew = build_again(traveller)
        guarded("save", make_holder(traveller.layer).save_weights, path)
        guarded("load", make_holder(anew.layer).load_weights, path)
        return anew.layer

    yield complete_trip(traveller, "weights", "", bring_back(traveller, bring), inference_only=True)


def find_obstacle(traveller: Traveller) -> str:
    """Return why weights alone cannot be carried to a layer made anew, "" if they can."""
    return traveller.case.unknown if traveller.reference.weights else "the layer has no weights"


def build_again(traveller: Traveller) -> Built:
    """Build without the preparations, which the file replaces, unless there are other weights without."""
    seed = traveller.construction_seed
    try:
        built = traveller.construct(seed)
        args, kwargs = built.inputs.fresh()
        guarded("call", built.layer, *args, **kwargs)
    except BuildError:
        return traveller.build(seed)
    if _shapes(built.layer) != _shapes(traveller.layer):
        with suppress(BuildError):
            return traveller.build(seed)
    return built


def _shapes(layer: keras.Layer) -> dict[str, tuple[Any, ...]]:
    """Return shape and dtype of every variable, by path."""
    found = walk(layer).variables.values()
    return {entry.path: (tuple(entry.variable.shape), str(entry.variable.dtype)) for entry in found}
