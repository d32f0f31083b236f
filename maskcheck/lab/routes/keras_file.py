"""Route ``keras``: saved to a .keras file and loaded, in a functional model and held by a subclassed one."""

from __future__ import annotations

import os
from collections.abc import Iterator

from maskcheck.lab.api import keras
from maskcheck.lab.build import guarded
from maskcheck.lab.containers import Holder, NotTraceable, functional
from maskcheck.lab.trip import NotTaken, Traveller, arrived, come_back
from maskcheck.model.evidence import Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield a trip for each form; a Model is its own container and has one form only.

    A model that merely holds the layer shows build faults, which a functional one hides by
    calling the layer again while it is loaded.
    """
    if isinstance(traveller.layer, keras.Model):
        yield _in_model(traveller, traveller.layer, "held")
        return
    try:
        model = functional(traveller.layer, traveller.modes["inference"])
    except NotTraceable as error:
        yield NotTaken("keras", "functional", f"cannot be called on symbolic inputs: {_first_line(error)}")
        yield _in_model(traveller, Holder(traveller.layer), "held")
    else:
        inside = _in_model(traveller, model, "functional")
        yield inside
        yield _in_model(traveller, Holder(traveller.layer), "held", inference_only=inside.after is not None)


def _in_model(traveller: Traveller, model: keras.Model, form: str, *, inference_only: bool = False) -> Trip:
    path = os.path.join(traveller.scratch, f"{form}.keras")
    place = None if model is traveller.layer else model.layers.index(traveller.layer)

    def bring(safe: bool) -> keras.Layer:
        guarded("save", model.save, path)
        loaded = guarded("load", keras.saving.load_model, path, compile=False, safe_mode=safe)
        return loaded if place is None else loaded.layers[place]

    return arrived(traveller, "keras", form, come_back(traveller, bring), inference_only=inference_only)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
