"""One case of one layer on its routes: what is asked for, as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maskcheck.lab.calls.build import Built
from maskcheck.lab.keras_api import keras
from maskcheck.model.case import Case, Subject
from maskcheck.model.helper_request import Ask, alone


@dataclass(frozen=True)
class Journey:
    """A case to be built, sent on its routes and looked at, and all that decides how."""

    # The class that is examined.
    cls: type[keras.Layer]
    # The same as reports name it.
    subject: Subject
    # How the layer is made and called.
    case: Case
    # The names of the routes to take.
    routes: tuple[str, ...]
    # Of the data; what is constructed on the way back has another one.
    seed: int
    # An existing directory for files; emptied before each case.
    scratch: str
    # Has something done in another process, for routes that end there.
    ask: Ask = alone
    # Gives the layer to send away, where it is not to be built.
    original: Callable[[], Built] | None = None
    # Whether TensorFlow's own random stream is seeded, too: slow, and needed only where results differ.
    thorough: bool = False
    # Whether what the layer gives that was never saved is kept, to compare versions of the class.
    keep_outputs: bool = False
