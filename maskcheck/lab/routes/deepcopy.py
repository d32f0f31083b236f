"""Route ``deepcopy``: copy.deepcopy, which Keras does by saving the layer to memory and loading it."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Iterator

from maskcheck.lab.api import keras
from maskcheck.lab.build import BuildError
from maskcheck.lab.trip import NotTaken, Traveller, arrived, come_back
from maskcheck.model.evidence import Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip."""

    def bring(_: bool) -> keras.Layer:
        try:
            return copy.deepcopy(traveller.layer)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            raise BuildError(_step(error), error) from error

    yield arrived(traveller, "deepcopy", "", come_back(traveller, bring), inference_only=True)


def _step(error: BaseException) -> str:
    """Return whether a copy failed on its way out ("save") or back ("load")."""
    steps = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    return "save" if any(name.startswith("_save_model") for name in steps) else "load"
