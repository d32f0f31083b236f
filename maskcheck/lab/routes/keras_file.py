"""Route ``keras``: saved to a .keras file and loaded, inside a functional model and alone."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator

import keras

from maskcheck.lab.build import guarded
from maskcheck.lab.containers import NotTraceable, functional
from maskcheck.lab.trip import NotTaken, Traveller, arrived, come_back
from maskcheck.model.evidence import Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield a trip for each form; a Model is its own container and has one form only.

    "alone" is copy.deepcopy, which saves the layer to memory and loads it: it shows
    build faults that a functional model hides by tracing the layer again.
    """
    if isinstance(traveller.layer, keras.Model):
        yield _in_model(traveller, traveller.layer, "alone")
        return
    try:
        model = functional(traveller.layer, traveller.modes["inference"])
    except NotTraceable as error:
        yield NotTaken("keras", "functional", f"cannot be called on symbolic inputs: {_first_line(error)}")
    else:
        yield _in_model(traveller, model, "functional")
    yield _alone(traveller)


def _in_model(traveller: Traveller, model: keras.Model, form: str) -> Trip:
    path = os.path.join(traveller.scratch, "model.keras")
    place = None if model is traveller.layer else model.layers.index(traveller.layer)

    def bring(safe: bool) -> keras.Layer:
        guarded("save", model.save, path)
        loaded = guarded("load", keras.saving.load_model, path, compile=False, safe_mode=safe)
        return loaded if place is None else loaded.layers[place]

    return arrived(traveller, "keras", form, come_back(traveller, bring))


def _alone(traveller: Traveller) -> Trip:
    def bring(_: bool) -> keras.Layer:
        return guarded("load", copy.deepcopy, traveller.layer)

    return arrived(traveller, "keras", "alone", come_back(traveller, bring))


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
