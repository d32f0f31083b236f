"""Layers for tests of the API."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

INPUTS = np.arange(6, dtype="float32").reshape(2, 3)


@keras.saving.register_keras_serializable("api_tests")
class Scale(keras.layers.Layer):
    """Comes back; remembers each call, as layers should not."""

    def __init__(self, factor: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.factor = factor
        self.seen = {"calls": [0]}

    def build(self, shape: Any) -> None:
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")
        self.steps = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, inputs: Any) -> Any:
        self.steps.assign_add(1.0)
        self.seen["calls"][0] += 1
        return inputs * self.factor + self.bias

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "factor": self.factor}


@keras.saving.register_keras_serializable("api_tests")
class Forgetful(Scale):
    """Loses its argument."""

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["factor"]
        return config


@keras.saving.register_keras_serializable("api_tests")
class Around(keras.layers.Layer):
    """Holds a function, of which Keras makes no note."""

    def __init__(self, function: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.function = function
        self.kernel = self.add_weight(shape=(3, 3), name="kernel")

    def call(self, inputs: Any) -> Any:
        return self.function(ops.matmul(inputs, self.kernel))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "function": keras.activations.serialize(self.function)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Around:
        return cls(**{**config, "function": keras.activations.get(config["function"])})


@keras.saving.register_keras_serializable("api_tests")
class Drawn(keras.layers.Layer):
    """Draws what it needs when it is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.noise = np.random.rand(3).astype("float32")

    def call(self, inputs: Any) -> Any:
        return inputs * self.noise
