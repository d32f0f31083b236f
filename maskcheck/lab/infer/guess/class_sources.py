"""The classes behind a layer, and where their text is."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from functools import cache

from maskcheck.lab.keras_api import keras

_ROOTS = (keras.Layer, keras.Model, keras.Sequential)


def own_bases(cls: type) -> list[type]:
    """Return the class and those it derives from, Keras' own base classes left out."""
    return [base for base in cls.__mro__ if issubclass(base, keras.Layer) and base not in _ROOTS]


def source_files(cls: type) -> Iterator[tuple[str, str]]:
    """Yield the file and the name inside its module of each of those classes."""
    for base in own_bases(cls):
        file = _source_file(base)
        if file:
            yield file, base.__qualname__


@cache
def _source_file(cls: type) -> str | None:
    """Return the source file: that of the module, or of ``call`` where the class is made elsewhere."""
    module = sys.modules.get(cls.__module__)
    file = getattr(module, "__file__", None)
    if file and file.endswith(".py"):
        return str(file)
    try:
        return inspect.getsourcefile(cls)
    except (TypeError, OSError):
        return None


def docstrings(cls: type) -> str:
    """Return the docstrings of the class, its ``__init__`` and its ``call``, those of its bases after."""
    found = []
    for base in own_bases(cls):
        found += [base.__doc__, *(getattr(vars(base).get(n), "__doc__", None) for n in ("__init__", "call"))]
    return "\n\n".join(inspect.cleandoc(text) for text in found if isinstance(text, str))
