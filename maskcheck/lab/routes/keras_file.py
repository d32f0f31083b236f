"""Route ``keras``: saved to a .keras file and loaded, inside a functional model and alone."""

from __future__ import annotations

import copy
import os
import traceback
from collections.abc import Iterator

import keras

from maskcheck.lab.build import BuildError, guarded
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
        yield _alone(traveller, inference_only=False)
    else:
        inside = _in_model(traveller, model, "functional")
        yield inside
        yield _alone(traveller, inference_only=inside.after is not None)


def _in_model(traveller: Traveller, model: keras.Model, form: str) -> Trip:
    path = os.path.join(traveller.scratch, "model.keras")
    place = None if model is traveller.layer else model.layers.index(traveller.layer)

    def bring(safe: bool) -> keras.Layer:
        guarded("save", model.save, path)
        loaded = guarded("load", keras.saving.load_model, path, compile=False, safe_mode=safe)
        return loaded if place is None else loaded.layers[place]

    return arrived(traveller, "keras", form, come_back(traveller, bring))


def _alone(traveller: Traveller, *, inference_only: bool) -> Trip:
    def bring(_: bool) -> keras.Layer:
        try:
            return copy.deepcopy(traveller.layer)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            raise BuildError(_step(error), error) from error

    back = come_back(traveller, bring)
    return arrived(traveller, "keras", "alone", back, inference_only=inference_only)


def _step(error: BaseException) -> str:
    """Return whether a copy failed on its way out ("save") or back ("load")."""
    steps = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    return "save" if any(name.startswith("_save_model") for name in steps) else "load"


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
