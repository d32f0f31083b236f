"""The modes in which a layer is called: inference, training, with and without masks, a training step."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree, takes
from maskcheck.lab.keras_api import LEGACY, is_default, keras, trainable_weights
from maskcheck.lab.layer.guarded import read_attribute
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.random_data import rng, sample
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP

ALL_FALSE = "all-false mask"


def choose_modes(layer: keras.Layer, inputs: CallInputs, seed: int) -> dict[str, CallInputs]:
    """Return the calls to make on every route, by mode.

    "inference" is the case's own call; "training" the same with ``training=True``
    where ``call`` takes it; "masked" adds a mask that the inputs carry where the layer
    has to do with masks and the case has none; "unmasked" leaves the case's masks out.
    """
    found = {"inference": inputs}
    if takes(layer, "training") and "training" not in inputs.kwargs:
        found["inference"] = _with(inputs, training=False)
        found["training"] = _with(inputs, training=True)
    base = found["inference"]
    if _is_masked(base):
        found["unmasked"] = base.without_mask_argument()
    masked = _masked(layer, base, seed)
    return found if masked is None or base.has_masks() else {**found, "masked": masked}


def choose_training_calls(layer: keras.Layer, inference: CallInputs, seed: int) -> tuple[CallInputs, ...]:
    """Return the calls by which a layer that works in inference may be trained, the plain one first.

    Keras 3 hands ``training`` on to sub-layers, also through a layer that does not take it itself; where
    none takes it, or the case says what it is, there is nothing to try.
    """
    own = takes(layer, "training")
    if own and inference.kwargs.get("training") is not False:
        return ()
    if not own and (LEGACY or not any(takes(part, "training") for part in walk(layer).layers.values())):
        return ()
    masked = _masked(layer, inference, seed)
    ways = (inference, masked) if masked and masked is not inference else (inference,)
    return tuple(_with(way, training=True) for way in ways)


def choose_mask_modes(layer: keras.Layer, inference: CallInputs, seed: int) -> dict[str, CallInputs]:
    """Return what more there is to call of a layer that takes masks or makes them itself.

    "mask argument" passes a mask to ``call`` where the case passes none; "all-true mask" and
    "all-false mask" hide nothing and everything.
    """
    if not works_with_masks(layer):
        return {}
    masked, named = _masked(layer, inference, seed), inference.kwargs.get("mask") is not None
    argument = masked.with_mask_argument() if masked and takes(layer, "mask") and not named else None
    found = {"mask argument": argument} if argument else {}
    given = inference if named else masked
    if given:
        found["all-true mask"] = given.with_constant_masks(True)
        found[ALL_FALSE] = given.with_constant_masks(False)
    return found


def choose_extra_modes(layer: keras.Layer, inference: CallInputs, seed: int) -> dict[str, CallInputs]:
    """Return the calls that are made on one form of one route only, for the time that they take.

    "training step" is one step downhill, where there is anything to train; "downstream" the
    layer between one that makes masks and one that heeds them.
    """
    found = {}
    if is_trainable(layer, inference):
        takes_training = takes(layer, "training") and inference.kwargs.get("training") is False
        found[TRAINING_STEP] = _with(inference, training=True) if takes_training else inference
    padded = _padded(inference.without_mask_argument(), seed) if works_with_masks(layer) else None
    return {**found, DOWNSTREAM: padded} if padded else found


def is_trainable(layer: keras.Layer, inputs: CallInputs) -> bool:
    """Tell whether a gradient has anything to reach: a trainable weight, or a float input."""
    return bool(trainable_weights(layer)) or any(
        map(_is_float, flatten([*inputs.args, *inputs.kwargs.values()]))
    )


def works_with_masks(layer: keras.Layer) -> bool:
    """Tell whether the layer takes a mask or makes one, rather than handing it on."""
    return takes(layer, "mask") or not is_default(layer.compute_mask)


def _with(inputs: CallInputs, **kwargs: Any) -> CallInputs:
    return CallInputs(inputs.args, {**inputs.kwargs, **kwargs})


def _is_masked(inputs: CallInputs) -> bool:
    return inputs.has_masks() or inputs.kwargs.get("mask") is not None


def _masked(layer: keras.Layer, base: CallInputs, seed: int) -> CallInputs | None:
    """Return the call with masks that the inputs carry, None if that has nothing to do with the layer."""
    if base.has_masks():
        return base
    if _is_masked(base):
        return base.without_mask_argument().with_carried_mask(seed)
    has_to_do = read_attribute(layer, "supports_masking") or takes(layer, "mask")
    return base.with_carried_mask(seed) if has_to_do else None


def _padded(inputs: CallInputs, seed: int) -> CallInputs | None:
    """Return the call with zeros at some steps of the first argument, None where it has no steps."""
    leaves = flatten(inputs.args[0]) if inputs.args else []
    if not any(_has_steps(leaf) for leaf in leaves):
        return None
    first = map_tree(lambda leaf: _without_steps(leaf, seed) if _has_steps(leaf) else leaf, inputs.args[0])
    return CallInputs((first, *inputs.args[1:]), inputs.kwargs)


def _has_steps(leaf: Any) -> bool:
    """Tell whether zeros can stand for padding: vectors in a sequence, or tokens."""
    if not isinstance(leaf, tf.Tensor) or leaf.shape.rank is None:
        return False
    return bool((_is_float(leaf) and leaf.shape.rank > 2) or (leaf.dtype.is_integer and leaf.shape.rank > 1))


def _is_float(leaf: Any) -> bool:
    return isinstance(leaf, tf.Tensor) and bool(leaf.dtype.is_floating)


def _without_steps(leaf: Any, seed: int) -> Any:
    kept = tf.constant(sample(tuple(leaf.shape[:2]), "bool", rng(seed, "padding")))
    return tf.where(tf.reshape(kept, (*kept.shape, *[1] * (leaf.shape.rank - 2))), leaf, tf.zeros_like(leaf))
