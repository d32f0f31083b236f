"""The shapes that ``compute_output_shape`` of a layer states for its outputs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.keras_api import keras
from maskcheck.model.value import ABSENT, DictValue, ListValue, ObjectValue, Value


def read_stated_shapes(layer: keras.Layer, inputs: CallInputs) -> Value:
    """Return what ``compute_output_shape`` makes of a call: a tree of objects "shape" with sizes.

    The size of a batch is None, as in a functional model, unless the method cannot do without.
    ABSENT where the class leaves that method to Keras, a text where it raises.
    """
    if type(layer).compute_output_shape is keras.Layer.compute_output_shape:
        return ABSENT
    raised, size = "", _read_batch_size(inputs)
    for batch in (None, size):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _frozen(_stated(layer, *inputs.fresh(), partial(_read_shape, size=size, batch=batch)))
        except Exception as error:
            raised = f"raises {type(error).__name__}"
    return raised


def _read_batch_size(inputs: CallInputs) -> int | None:
    """Return the size of the first axis of the first tensor."""
    leaves = flatten(inputs.args)
    return next((leaf.shape[0] for leaf in leaves if isinstance(leaf, tf.Tensor) and leaf.shape.rank), None)


def _read_shape(tensor: Any, size: int | None, batch: int | None) -> tuple[int | None, ...]:
    """Return the shape of a tensor, with ``batch`` for a first axis of that size."""
    sizes = tuple(tensor.shape)
    return (batch, *sizes[1:]) if sizes and sizes[0] == size else sizes


def _stated(
    layer: keras.Layer, args: tuple[Any, ...], kwargs: dict[str, Any], read_shape: Callable[[Any], Any]
) -> Any:
    """Return the outputs as a functional model would have them."""

    def symbol(leaf: Any) -> Any:
        return keras.KerasTensor(read_shape(leaf), leaf.dtype.name) if isinstance(leaf, tf.Tensor) else leaf

    if hasattr(layer, "compute_output_spec"):
        symbols = {name: map_tree(symbol, value) for name, value in kwargs.items()}
        return layer.compute_output_spec(*(map_tree(symbol, tree) for tree in args), **symbols)
    return layer.compute_output_shape(map_tree(lambda leaf: tf.TensorShape(read_shape(leaf)), args[0]))


def _frozen(stated: Any) -> Value:
    if isinstance(stated, dict):
        return DictValue("dict", tuple((key, _frozen(item)) for key, item in stated.items()))
    if isinstance(stated, (list, tuple)):
        return ListValue("list", tuple(_frozen(item) for item in stated))
    sizes = (None if size is None else int(size) for size in getattr(stated, "shape", stated))
    return ObjectValue("shape", ListValue("tuple", tuple(sizes)))
