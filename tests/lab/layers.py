"""Healthy layers that the tests of the lab send about."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from keras import ops


@keras.saving.register_keras_serializable(package="lab")
class Scale(keras.layers.Layer):
    """Multiplies by a weight and by ``factor``; drops out and adds a loss where asked to."""

    def __init__(
        self, factor: float = 1.0, rate: float = 0.0, weight_loss: float = 0.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.factor, self.rate, self.weight_loss = factor, rate, weight_loss
        self.dropout = keras.layers.Dropout(rate)

    def build(self, shape: Any) -> None:
        self.kernel = self.add_weight(shape=(shape[-1],), initializer="ones", name="kernel")

    def call(self, inputs: Any, training: bool = False) -> Any:
        if self.weight_loss:
            self.add_loss(self.weight_loss * ops.sum(self.kernel))
        return self.dropout(inputs * self.kernel * self.factor, training=training)

    def get_config(self) -> dict[str, Any]:
        own = {"factor": self.factor, "rate": self.rate, "weight_loss": self.weight_loss}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="lab")
class Forgets(Scale):
    """Loses its factor."""

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["factor"]
        return config


@keras.saving.register_keras_serializable(package="lab")
class Masks(keras.layers.Layer):
    """Passes inputs and mask on; zero is padding."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs: Any, mask: Any = None) -> Any:
        return inputs if mask is None else inputs * ops.cast(mask, inputs.dtype)[..., None]

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return ops.any(inputs > 0, axis=-1) if mask is None else mask


@keras.saving.register_keras_serializable(package="lab")
class Counts(keras.layers.Layer):
    """Counts its calls in a weight, and averages what it sees."""

    def build(self, shape: Any) -> None:
        self.steps = self.add_weight(
            shape=(), dtype="int32", initializer="zeros", trainable=False, name="steps"
        )
        self.mean = self.add_weight(shape=(shape[-1],), trainable=False, name="mean")

    def call(self, inputs: Any, training: bool = False) -> Any:
        if training:
            self.steps.assign_add(1)
            self.mean.assign(0.9 * self.mean + 0.1 * ops.mean(inputs, axis=0))
        return inputs - self.mean


@keras.saving.register_keras_serializable(package="lab")
class NumpyOnly(keras.layers.Layer):
    """Cannot be called on symbolic tensors."""

    def call(self, inputs: Any) -> Any:
        return tf.constant(inputs.numpy() * 2)


class Unregistered(Scale):
    """Loads with custom objects only."""


@keras.saving.register_keras_serializable(package="lab")
class Small(keras.Model):
    """A subclassed model."""

    def __init__(self, units: int = 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.dense = keras.layers.Dense(units)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units}
