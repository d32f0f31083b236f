"""Healthy layers that one format or another cannot carry."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

register = keras.saving.register_keras_serializable(package="limited")


@register
class SameNames(keras.layers.Layer):
    """Has two weights of one name."""

    def build(self, input_shape: Any) -> None:
        self.first = self.add_weight(name="same", shape=(input_shape[-1],))
        self.second = self.add_weight(name="same", shape=(input_shape[-1],))

    def call(self, inputs: Any) -> Any:
        return inputs * self.first + self.second


@register
class ObjectInConfig(keras.layers.Layer):
    """Leaves it to Keras to serialize what its config holds."""

    def __init__(self, initializer: Any = "zeros", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape: Any) -> None:
        self.shift = self.add_weight(shape=(input_shape[-1],), initializer=self.initializer)

    def call(self, inputs: Any) -> Any:
        return inputs + self.shift

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "initializer": self.initializer}


@register
class FunctionInConfig(keras.layers.Layer):
    """Leaves it to Keras to serialize a function."""

    def __init__(self, activation: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.activation = keras.activations.get(activation)

    def call(self, inputs: Any) -> Any:
        return self.activation(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "activation": self.activation}


@register
class Axes(keras.layers.Layer):
    """Has a weight for each place along its axes."""

    def __init__(self, axis: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = list(axis)

    def build(self, input_shape: Any) -> None:
        self.scale = self.add_weight(shape=[input_shape[axis] for axis in self.axis])

    def call(self, inputs: Any) -> Any:
        return inputs * keras.ops.sum(self.scale)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "axis": list(self.axis)}


@register
class LiveList(keras.layers.Layer):
    """Hands out the list that Keras watches, beside a seed generator."""

    def __init__(self, limits: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limits = list(limits)
        self.generator = keras.random.SeedGenerator(3)

    def call(self, inputs: Any) -> Any:
        return keras.ops.clip(inputs, self.limits[0], self.limits[1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "limits": self.limits}


@register
class Functional(keras.Model):
    """A functional model with a constructor of its own."""

    def __init__(self, units: int = 2, **kwargs: Any) -> None:
        inputs = keras.Input((3,))
        super().__init__(inputs, keras.layers.Dense(units, name="dense")(inputs), **kwargs)
        self.units = units

    def get_config(self) -> dict[str, Any]:
        return {"units": self.units, "name": self.name}


@register
class Nested(keras.Model):
    """Gives a tree of outputs."""

    def call(self, inputs: Any) -> Any:
        return {"all": (inputs, [inputs + 1.0])}


@register
class Grows(keras.layers.Layer):
    """Has weights for what it was told, and makes them anew from a file."""

    def tell(self, count: int) -> None:
        self._tracker.unlock()
        self.table = self.add_weight(name="table", shape=(count,))

    def build(self, input_shape: Any) -> None:
        self.table: Any = None

    def call(self, inputs: Any) -> Any:
        return inputs if self.table is None else inputs * keras.ops.sum(self.table)

    def save_own_variables(self, store: Any) -> None:
        store["table"] = np.array(self.table)

    def load_own_variables(self, store: Any) -> None:
        values = np.array(store["table"])
        if self.table is None:
            self.tell(len(values))
        self.table.assign(values)


@register
class Learns(keras.layers.Layer):
    """Keeps a number that only its own methods to save and load bring back."""

    level = 1.0

    def learn(self) -> None:
        self.level = 3.0

    def call(self, inputs: Any) -> Any:
        return inputs * self.level

    def save_own_variables(self, store: Any) -> None:
        store["level"] = np.array(self.level)

    def load_own_variables(self, store: Any) -> None:
        self.level = float(store["level"][()])


@register
class Lists(keras.layers.Layer):
    """Has its weights in a list."""

    def build(self, input_shape: Any) -> None:
        self.scales = [self.add_weight(shape=(input_shape[-1],)) for _ in range(2)]

    def call(self, inputs: Any) -> Any:
        return inputs * self.scales[0] * self.scales[1]
