"""One step of training: what a loss, its gradients and a step downhill make of a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten
from maskcheck.lab.keras_api import keras, read_losses, trainable_weights
from maskcheck.lab.layer.object_graph import Walk, walk
from maskcheck.lab.layer.plain import array_of
from maskcheck.lab.layer.random_data import rng
from maskcheck.model.snapshot import TrainingStep
from maskcheck.model.value import Value

_RATE = 0.1


class NothingLearnt(Exception):
    """No gradient reaches a weight or an input."""


def training_step(layer: keras.Layer, inputs: CallInputs, seed: int) -> TrainingStep:
    """Train the layer for one step, with its own losses and a seeded weighting of its outputs.

    The caller puts the variables back.

    Raises:
        NothingLearnt: the outputs are no floats, or do not depend on anything by a gradient.
        Exception: whatever the layer raises.
    """
    args, kwargs = inputs.fresh()
    found = walk(layer)
    weights = _trainable(layer, found)
    floats = [leaf for leaf in flatten([args, kwargs]) if _is_float(leaf)]
    with tf.GradientTape() as tape:
        tape.watch(floats)
        outputs = layer(*args, **kwargs)
        loss = _loss(layer, outputs, seed)
    wanted = [_raw(variable) for variable in weights.values()]
    gradients = [_dense(gradient) for gradient in tape.gradient(loss, [*wanted, *floats])]
    if all(gradient is None for gradient in gradients):
        raise NothingLearnt("no gradient reaches a weight or an input")
    by_path = dict(zip(weights, gradients[: len(weights)], strict=True))
    for path, gradient in by_path.items():
        if gradient is not None:
            _descend(weights[path], gradient)
    return TrainingStep(
        float(loss),
        {path: _frozen(gradient) for path, gradient in by_path.items()},
        tuple(map(_frozen, gradients[len(weights) :])),
        {path: array_of(entry.variable, "variable") for path, entry in found.variables.items()},
    )


def _trainable(layer: keras.Layer, found: Walk) -> Mapping[str, Any]:
    """Return the trainable float variables by path."""
    known = {id(variable) for variable in trainable_weights(layer)}
    entries = ((path, entry.variable) for path, entry in found.variables.items())
    return {path: v for path, v in entries if id(v) in known and _raw(v).dtype.is_floating}


def _loss(layer: keras.Layer, outputs: Any, seed: int) -> Any:
    """Return the sum of all float outputs, each value with a weight of its own, and of the layer's losses."""
    parts = [tf.reduce_sum(tf.cast(loss, tf.float32)) for loss in read_losses(layer)]
    for position, leaf in enumerate(leaf for leaf in flatten(outputs) if _is_float(leaf)):
        weighting = rng(seed, f"loss {position}").standard_normal(tuple(leaf.shape))
        parts.append(tf.reduce_sum(tf.cast(leaf, tf.float32) * tf.constant(weighting, tf.float32)))
    if not parts:
        raise NothingLearnt("the outputs are no floats, so they have no gradient")
    return tf.add_n(parts)


def _descend(variable: Any, gradient: Any) -> None:
    """Update a weight as plain gradient descent does, which minds constraints."""
    raw = _raw(variable)
    raw.assign_sub(_RATE * tf.cast(gradient, raw.dtype))
    constraint = getattr(variable, "constraint", None)
    if callable(constraint):
        raw.assign(constraint(tf.convert_to_tensor(raw)))


def _is_float(leaf: Any) -> bool:
    return isinstance(leaf, tf.Tensor) and bool(leaf.dtype.is_floating)


def _raw(variable: Any) -> Any:
    """Return TensorFlow's own variable."""
    return variable.value if isinstance(variable, keras.Variable) else variable


def _dense(gradient: Any) -> Any:
    return tf.convert_to_tensor(gradient) if isinstance(gradient, tf.IndexedSlices) else gradient


def _frozen(gradient: Any) -> Value:
    return None if gradient is None else array_of(gradient)
