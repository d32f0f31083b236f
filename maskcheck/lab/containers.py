"""The model around a layer that file routes need."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from maskcheck.lab.api import keras
from maskcheck.lab.inputs import CallInputs, flatten, map_tree


class NotTraceable(Exception):
    """The layer cannot be called on symbolic tensors, so no functional model can hold it."""


@keras.saving.register_keras_serializable(package="maskcheck")
class Holder(keras.Model):  # type: ignore[misc]
    """A subclassed model with nothing but a built layer, saved and loaded with it."""

    def __init__(self, layer: keras.Layer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held = layer
        self.built = True

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the layer."""
        return self.held(*args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        """Return the config with the layer in it."""
        return {**super().get_config(), "layer": keras.saving.serialize_keras_object(self.held)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Holder:
        """Return the model with the layer that its config describes."""
        return cls(**{**config, "layer": keras.saving.deserialize_keras_object(config["layer"])})


def functional(layer: keras.Layer, inputs: CallInputs) -> keras.Model:
    """Return a functional model of this layer alone, with an open batch size where it allows one.

    Raises:
        NotTraceable: the layer raised on symbolic inputs, or gave no tensor.
    """
    try:
        return _functional(layer, inputs, open_batch=True)
    except Exception:
        try:
            return _functional(layer, inputs, open_batch=False)
        except Exception as error:
            raise NotTraceable(str(error)) from error


def _functional(layer: keras.Layer, inputs: CallInputs, *, open_batch: bool) -> keras.Model:
    def placeholder(leaf: Any) -> Any:
        if not isinstance(leaf, tf.Tensor) or not leaf.shape.rank:
            return leaf
        size = None if open_batch else leaf.shape[0]
        return keras.Input(batch_shape=(size, *leaf.shape[1:]), dtype=leaf.dtype.name)

    args = [map_tree(placeholder, tree) for tree in inputs.args]
    kwargs = {name: map_tree(placeholder, value) for name, value in inputs.kwargs.items() if name != "mask"}
    symbols = [leaf for leaf in flatten([args, kwargs]) if isinstance(leaf, keras.KerasTensor)]
    return keras.Model(symbols, layer(*args, **kwargs))


def holder(layer: keras.Layer) -> keras.Model:
    """Return a model that holds the built layer, or the layer if it is a model itself."""
    return layer if isinstance(layer, keras.Model) else Holder(layer)
