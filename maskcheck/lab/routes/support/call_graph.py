"""What a functional model keeps of a call besides tensors, and what its file gives back of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.plain import freeze, qualified_name
from maskcheck.lab.routes.support.keras_archive import send_through_file
from maskcheck.model.evidence import Failure, Trip
from maskcheck.model.snapshot import LayerState, Snapshot
from maskcheck.model.value import Value


def send_graph(traveller: Traveller, model: keras.Model, place: int) -> Iterator[Trip]:
    """Yield the trip of the whole model where its graph holds more of the call than tensors and flags.

    Args:
        model: functional, and made of one call of the layer.
        place: of the layer among those of the model.
    """
    inputs = traveller.modes["inference"]
    if not _select_unsafe(inputs.kwargs):
        return
    tensors = [leaf for leaf in flatten([inputs.args, inputs.kwargs]) if _is_batch(leaf)]
    given = CallInputs((tensors[0] if len(tensors) == 1 else tensors,), {})
    before = _observe_graph(traveller, model, place, given)
    back = send_through_file(traveller, "graph", model, lambda model: model)
    if back.layer is None:  # which the layer alone shows as well
        return
    after = _observe_graph(traveller, back.layer, place, given)
    error = after.calls["inference"].error
    failure = Failure("call", error) if error else None
    yield Trip("keras", "graph", after, failure, unsafe=back.unsafe, before=before)


def _observe_graph(traveller: Traveller, model: keras.Model, place: int, inputs: CallInputs) -> Snapshot:
    """Return what the graph holds of the call, as attributes, and what the model gives."""
    layer = model.layers[place]
    held = {f"call({name})": value for name, value in _select_unsafe(_arguments(layer)).items()}
    state = LayerState("", qualified_name(type(layer)), flags={}, attributes=held)
    return Snapshot({"": state}, {}, calls=traveller.call(model, {"inference": inputs}))


def _arguments(layer: keras.Layer) -> Mapping[str, Any]:
    """Return the keyword arguments of the layer's last symbolic call."""
    node: Any = layer._inbound_nodes[-1]
    found: Mapping[str, Any] = node.arguments.kwargs if hasattr(node, "arguments") else node.call_kwargs
    return found


def _select_unsafe(kwargs: Mapping[str, Any]) -> dict[str, Value]:
    """Return the keyword arguments that JSON may change: no tensors, and no numbers and texts."""
    return {name: freeze(value) for name, value in kwargs.items() if not _is_safe(value)}


def _is_safe(value: Any) -> bool:
    plain = value is None or isinstance(value, (bool, int, float, str))
    return plain or any(isinstance(leaf, (tf.Tensor, keras.KerasTensor)) for leaf in flatten(value))


def _is_batch(leaf: Any) -> bool:
    return isinstance(leaf, tf.Tensor) and bool(leaf.shape.rank)
