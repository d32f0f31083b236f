"""Models around a layer, for routes that save models: a functional one, or one that merely holds it."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.downstream import Consumer, call_between
from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.keras_api import Keeper, keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain_state import keep_plain_state


class NotTraceable(Exception):
    """The layer cannot be called on symbolic tensors, so no functional model can hold it."""


@keras.saving.register_keras_serializable(package="maskcheck")
class Holder(Keeper):  # type: ignore[misc]
    """A subclassed model with nothing but a built layer, saved and loaded with it.

    With ``masks`` the layer stands between one that makes masks, where its first argument
    holds sequences of vectors, and one that heeds them. Both are called each time: a
    functional model would keep the mask as it was when the model was made.
    """

    def __init__(self, layer: keras.Layer, masks: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held = layer
        self.masks = masks
        if masks:
            self.producer, self.consumer = keras.layers.Masking(), Consumer()
        self.built = True

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the layer, between its neighbours where it has them."""
        if not (self.masks and args):
            return self.held(*args, **kwargs)
        return call_between(self.producer, self.held, self.consumer, args, kwargs)

    def get_config(self) -> dict[str, Any]:
        """Return the config with the layer in it."""
        held = keras.saving.serialize_keras_object(self.held)
        return {**super().get_config(), "layer": held, "masks": self.masks}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Holder:
        """Return the model with the layer that its config describes."""
        return cls(**{**config, "layer": keras.saving.deserialize_keras_object(config["layer"])})


def make_functional(layer: keras.Layer, inputs: CallInputs) -> keras.Model:
    """Return a functional model of this layer alone, with an open batch size where it allows one.

    Calling it for that moves none of its flags and counters.

    Raises:
        NotTraceable: the layer raised on symbolic inputs, or gave no tensor.
    """
    with keep_plain_state(layer):
        try:
            return _make_functional(layer, inputs, open_batch=not _counts_sequences(layer))
        except Exception:
            try:
                return _make_functional(layer, inputs, open_batch=False)
            except Exception as error:
                raise NotTraceable(str(error)) from error


def _counts_sequences(layer: keras.Layer) -> bool:
    """Tell whether a recurrent layer keeps a state for each sequence, so that a batch has a size."""
    parts = walk(layer).layers.values()
    return any(isinstance(part, keras.layers.RNN) and part.stateful for part in parts)


def _make_functional(layer: keras.Layer, inputs: CallInputs, *, open_batch: bool) -> keras.Model:
    def placeholder(leaf: Any) -> Any:
        if not isinstance(leaf, tf.Tensor) or not leaf.shape.rank:
            return leaf
        size = None if open_batch else leaf.shape[0]
        return keras.Input(batch_shape=(size, *leaf.shape[1:]), dtype=leaf.dtype.name)

    args = [map_tree(placeholder, tree) for tree in inputs.args]
    kwargs = {name: map_tree(placeholder, value) for name, value in inputs.kwargs.items() if name != "mask"}
    symbols = [leaf for leaf in flatten([args, kwargs]) if isinstance(leaf, keras.KerasTensor)]
    return keras.Model(symbols, layer(*args, **kwargs))


def make_holder(layer: keras.Layer) -> keras.Model:
    """Return a model that holds the built layer, or the layer if it is a model itself."""
    return layer if isinstance(layer, keras.Model) else Holder(layer)
