"""A live layer as a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from maskcheck.lab.calls.call import Modes, call_all
from maskcheck.lab.keras_api import all_weights, attribute_of, is_keras, is_trained, keras
from maskcheck.lab.layer.guarded import REFUSALS
from maskcheck.lab.layer.object_graph import FoundVariable, Walk, own_attributes, tracked_ids, walk
from maskcheck.lab.layer.plain import Names, array_of, freeze, qualified_name
from maskcheck.lab.layer.plain_state import keep_plain_state
from maskcheck.model.snapshot import CallResult, LayerState, Snapshot, Weight, WeightKind
from maskcheck.model.value import ABSENT, DictValue, Value

FLAGS = (
    "name",
    "trainable",
    "dtype_policy",
    "activity_regularizer",
    "supports_masking",
    "autocast",
    "input_spec",
)


# Of Keras' own layers: how they were quantized. What that made of them shows in other attributes.
_NO_LOSS = frozenset({"quantization_config"})


def observe(layer: keras.Layer, modes: Modes, seed: int, *, thorough: bool = False) -> Snapshot:
    """Return all that is compared later: the layer is called once in each mode.

    Calls come first, so that what a layer remembers of its last call is of the same
    call on both sides. Flags and counters that they move are put back in the end.

    Args:
        thorough: seeds TensorFlow's own random stream before each call, too.
    """
    if not modes:
        return _read(layer, {})
    with keep_plain_state(layer):
        return _read(layer, call_all(layer, walk(layer), modes, seed, thorough=thorough))


def _read(layer: keras.Layer, calls: Mapping[str, CallResult]) -> Snapshot:
    walked = walk(layer)
    tracked = tracked_ids(layer)
    return Snapshot(
        layers={
            path: layer_state(path, part, walked.names, id(part) in tracked)
            for path, part in walked.layers.items()
        },
        weights=weights(layer, walked),
        aliases=walked.shared(),
        calls=calls,
    )


def layer_state(path: str, layer: keras.Layer, names: Names, tracked: bool = True) -> LayerState:
    """Return the flags and attributes of one layer, without its weights."""
    return LayerState(
        path=path,
        class_name=qualified_name(type(layer)),
        flags={name: _flag(layer, name) for name in FLAGS},
        attributes=attributes(layer, names),
        own=not is_keras(type(layer)),
        tracked=tracked,
    )


def attributes(layer: keras.Layer, names: Names) -> Mapping[str, Value]:
    """Return the frozen attributes that the layer's class adds to Keras' own."""
    ignored = _NO_LOSS if is_keras(type(layer)) else frozenset()
    found = own_attributes(layer).items()
    return {name: freeze(value, names) for name, value in found if name not in ignored}


def _flag(layer: keras.Layer, name: str) -> Value:
    try:
        value: Any = getattr(layer, attribute_of(name))
        return _policy(value) if name == "dtype_policy" else freeze(value)
    except REFUSALS:
        return ABSENT


def _policy(policy: Any) -> Value:
    """Return a policy by name, a policy map by the names in it."""
    if isinstance(policy, keras.dtype_policies.DTypePolicyMap):
        parts = tuple((key, _policy(part)) for key, part in policy.items())
        return DictValue("policies", (("default", _policy(policy.default_policy)), *parts))
    return str(policy.name)


def weights(layer: keras.Layer, walked: Walk) -> dict[str, Weight]:
    """Return every variable by path, with what Keras makes of it."""
    saved = {id(variable) for variable in all_weights(layer)}
    return {path: _weight(entry, saved) for path, entry in walked.variables.items()}


def _weight(entry: FoundVariable, saved: set[int]) -> Weight:
    frozen = array_of(entry.variable, "variable")
    trainable = is_trained(entry.variable, entry.owner)
    return Weight(entry.path, np.array(frozen.array), frozen.dtype, trainable, _kind(entry, saved))


def _kind(entry: FoundVariable, saved: set[int]) -> WeightKind:
    if isinstance(entry.owner, keras.random.SeedGenerator):
        return "seed"
    if isinstance(entry.owner, keras.metrics.Metric):
        return "metric"
    if isinstance(entry.owner, keras.layers.RNN) and ".states[" in f".{entry.path}":
        return "state"
    return "weight" if id(entry.variable) in saved else "untracked"
