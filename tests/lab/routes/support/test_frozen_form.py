"""Freezing a layer, and putting its flags back one by one."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from maskcheck.lab.routes.support.frozen_form import freeze_layer, read_trainability

INPUT = np.ones((2, 3), "float32")


class Nested(keras.layers.Layer):
    """Holds a sub-layer that is frozen, one that is not, and a variable of its own that is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fixed, self.free = keras.layers.Dense(3, trainable=False), keras.layers.Dense(3)
        self.scale = self.add_weight(name="scale", shape=())

    def call(self, inputs: Any) -> Any:
        return self.free(self.fixed(inputs)) * self.scale


def flags(layer: Nested) -> list[bool]:
    parts = (layer, layer.fixed, layer.free, layer.scale, layer.free.kernel, layer.fixed.kernel)
    return [part.trainable for part in parts]


def test_flags_are_put_back_one_by_one() -> None:
    layer = Nested()
    layer(INPUT)
    layer.scale.trainable = False
    before = flags(layer)
    with freeze_layer(layer):
        assert layer.trainable_weights == []
        assert flags(layer) == [False] * len(before)
    assert flags(layer) == before
    assert before == [True, False, True, False, True, before[-1]]


def test_only_effective_flags_count() -> None:
    layer = Nested()
    layer(INPUT)
    found = read_trainability(layer)
    trainable = {path: weight.trainable for path, weight in found.weights.items()}
    assert trainable == {
        "scale": True,
        "free.kernel": True,
        "free.bias": True,
        "fixed.kernel": False,
        "fixed.bias": False,
    }
    layer._trainable = False
    assert not any(weight.trainable for weight in read_trainability(layer).weights.values())
    assert list(found.layers) == [""]
    assert dict(found.root.flags) == {"trainable": True}
