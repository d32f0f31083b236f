"""How the module of a class writes Keras, for lines that are to be written there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from types import ModuleType
from typing import Any

from maskcheck.lab.layer.guarded import is_a, read_attribute, try_read
from maskcheck.model.layer_facts import KerasNames

_PACKAGES = ("keras", "tf_keras")
_TENSORFLOW = "tensorflow"


def find_keras_names(cls: type) -> KerasNames:
    """Return how the module of ``cls`` names Keras: ``keras``, or ``tf.keras`` where it has only that.

    What TensorFlow gives out as Keras 3 has ``utils``, and ``saving`` only once something imports it.
    """
    held = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    modules = {name: value for name, value in list(held.items()) if is_a(value, ModuleType)}
    found = [pair for name, module in modules.items() for pair in _list_keras(name, module)]
    for name, module in sorted(found, key=lambda pair: pair[0] != "keras"):
        own_name = _read_name(module)
        whole = own_name == "keras" or own_name.partition(".")[0] == "tf_keras"
        return KerasNames(name, f"{name}.saving" if whole else f"{name}.utils")
    return KerasNames("", "")


def _list_keras(name: str, module: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Yield the Keras that a module is, or that it is as TensorFlow, with the expression for it."""
    root = _read_name(module).partition(".")[0]
    if root in (*_PACKAGES, _TENSORFLOW) and _is_whole(module):
        yield name, module
    elif root == _TENSORFLOW:
        inner: Any = try_read(lambda: module.keras, None)
        if is_a(inner, ModuleType) and _is_whole(inner):
            yield f"{name}.keras", inner


def _read_name(module: ModuleType) -> str:
    return str(read_attribute(module, "__name__", ""))


def _is_whole(module: ModuleType) -> bool:
    """Tell whether a module is Keras itself, and not a part of it."""
    return all(try_read(partial(getattr, module, part), None) for part in ("layers", "utils", "Model"))
