"""Turns live values into those of a case: tensors become leaves, from which each call gets new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.errors import UsageError
from maskcheck.lab.calls.inputs import carried_mask, flatten, map_tree
from maskcheck.lab.keras_api import keras
from maskcheck.model.case import ArrayTag, Leaf, Mark, SpecValue

_HERE = Mark("", 0)


def inputs_to_case(inputs: Any) -> Any:
    """Return what is passed to ``call`` with a leaf for each tensor, variable and array in it.

    Args:
        inputs: a tensor or nested lists, tuples and dicts of them; shapes include the batch dimension.

    Raises:
        UsageError: one is symbolic.
    """
    return map_tree(_to_leaf, inputs)


def init_to_case(init: Mapping[str, Any]) -> dict[str, SpecValue]:
    """Return constructor arguments that can be given to one layer after another.

    Raises:
        UsageError: a layer or a variable is among them, which all would share.
    """
    for name, value in init.items():
        for part in flatten(value):
            if isinstance(part, (keras.Layer, keras.Variable, tf.Variable)):
                kind = type(part).__name__
                raise UsageError(
                    f"init[{name!r}] holds a {kind}, which all layers made from it would share",
                    hint="give the layer that holds it instead of its class, without init",
                )
    return {name: map_tree(_to_array_tag, value) for name, value in init.items()}


def _to_leaf(value: Any) -> Any:
    if isinstance(value, keras.KerasTensor) or tf.is_symbolic_tensor(value):
        raise UsageError("an input is symbolic", hint="give arrays or tensors with values")
    if isinstance(value, (keras.Variable, tf.Variable)):
        value = tf.convert_to_tensor(value)
    if isinstance(value, tf.Tensor):
        mask = carried_mask(value)
        carried = None if mask is None else Leaf(values=np.asarray(mask))
        return Leaf(values=value.numpy(), dtype=value.dtype.name, mask=carried)
    if isinstance(value, np.ndarray):
        return Leaf(values=value.copy(), dtype="string" if value.dtype.kind in "OSU" else value.dtype.name)
    return value


def _to_array_tag(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return ArrayTag(Leaf(values=value.copy(), dtype=value.dtype.name), tensor=False, mark=_HERE)
    if isinstance(value, tf.Tensor):
        return ArrayTag(Leaf(values=value.numpy(), dtype=value.dtype.name), tensor=True, mark=_HERE)
    return value
