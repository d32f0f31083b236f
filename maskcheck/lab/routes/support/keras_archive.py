"""Saves a model to a .keras file and loads it."""

from __future__ import annotations

import os
from collections.abc import Callable

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import is_compiled, keras
from maskcheck.lab.routes.support.trip import LoadResult, bring_back

# Takes the layer that is looked at out of a model.
Unload = Callable[[keras.Model], keras.Layer]


def send_through_file(
    traveller: Traveller, form: str, model: keras.Model, unload: Unload, *, compiled: bool = False
) -> LoadResult:
    """Save the model, load it, and return the layer that ``unload`` finds in what came back.

    Args:
        form: names the file.
        compiled: loads the model with what it was compiled with, as is done for one that came compiled.
    """
    path = os.path.join(traveller.scratch, f"{form}.keras")
    wanted = compiled or is_compiled(model)

    def bring(safe: bool) -> keras.Layer:
        guarded("save", model.save, path)
        return unload(guarded("load", keras.saving.load_model, path, compile=wanted, safe_mode=safe))

    return bring_back(traveller, bring)
