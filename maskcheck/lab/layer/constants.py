"""Variables that Keras does not track, and that nobody who wrote the layer ever assigns."""

from __future__ import annotations

import inspect
import re
from typing import Any

import tensorflow as tf

from maskcheck.lab.keras_api import keras, own_variables
from maskcheck.lab.layer.guarded import is_a, try_read
from maskcheck.lab.layer.object_graph import Walk, is_user_code

_ASSIGNS = re.compile(r"\.(assign|scatter)")


def find_constants(found: Walk) -> frozenset[str]:
    """Return the paths of variables that hold the same in every layer made with the arguments of this one.

    They are not trained, and the class that holds one has no line that assigns a variable. What other
    code does to them is not known.
    """
    tracked = {id(variable) for part in found.layers.values() for variable in _list_tracked(part)}
    return frozenset(
        path
        for path, entry in found.variables.items()
        if is_a(entry.variable, tf.Variable)
        and id(entry.variable) not in tracked
        and not entry.variable.trainable
        and not _may_assign(type(entry.owner))
    )


def _list_tracked(layer: keras.Layer) -> list[Any]:
    return try_read(lambda: list(own_variables(layer)), [])


def _read_source(cls: type) -> str:
    return try_read(lambda: inspect.getsource(cls), "")


def _may_assign(cls: type) -> bool:
    """Tell whether a class has a line that assigns any variable; so it is where its source is not known."""
    own = [base for base in cls.__mro__ if is_user_code(base.__module__)]
    texts = [_read_source(base) for base in own]
    return not any(texts) or any(_ASSIGNS.search(text) for text in texts)
