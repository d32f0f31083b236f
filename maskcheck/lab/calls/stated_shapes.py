"""The shapes that ``compute_output_shape`` of a layer states for its outputs."""

from __future__ import annotations

import warnings
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, map_tree
from maskcheck.lab.keras_api import keras
from maskcheck.model.value import ABSENT, DictValue, ListValue, ObjectValue, Value


def read_stated_shapes(layer: keras.Layer, inputs: CallInputs) -> Value:
    """Return what ``compute_output_shape`` makes of a call: a tree of objects "shape" with sizes.

    ABSENT where the class leaves that method to Keras, a text where it raises.
    """
    if type(layer).compute_output_shape is keras.Layer.compute_output_shape:
        return ABSENT
    args, kwargs = inputs.fresh()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _frozen(_stated(layer, args, kwargs))
    except Exception as error:
        return f"raises {type(error).__name__}"


def _stated(layer: keras.Layer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Return the outputs as a functional model would have them."""
    if hasattr(layer, "compute_output_spec"):
        symbols = {name: map_tree(_symbol, value) for name, value in kwargs.items()}
        return layer.compute_output_spec(*(map_tree(_symbol, tree) for tree in args), **symbols)
    return layer.compute_output_shape(map_tree(lambda leaf: leaf.shape, args[0]))


def _symbol(leaf: Any) -> Any:
    return keras.KerasTensor(tuple(leaf.shape), leaf.dtype.name) if isinstance(leaf, tf.Tensor) else leaf


def _frozen(stated: Any) -> Value:
    if isinstance(stated, dict):
        return DictValue("dict", tuple((key, _frozen(item)) for key, item in stated.items()))
    if isinstance(stated, (list, tuple)):
        return ListValue("list", tuple(_frozen(item) for item in stated))
    sizes = (None if size is None else int(size) for size in getattr(stated, "shape", stated))
    return ObjectValue("shape", ListValue("tuple", tuple(sizes)))
