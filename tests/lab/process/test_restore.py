"""What is remembered comes back in place, whatever was done to it."""

from __future__ import annotations

from collections import OrderedDict, deque
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.process.restore import remember


class Thing:
    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


def append(thing: Any) -> None:
    thing.append(3)


def update(thing: Any) -> None:
    thing.update({"b": 4})
    thing["a"] = 5


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ([1, 2], append),
        (deque([1, 2]), append),
        ({"a": 1}, update),
        (OrderedDict(a=1), update),
        ({1, 2}, lambda thing: thing.add(3)),
        (np.ones(2), lambda thing: thing.fill(7)),
        (np.array([None, 1], object), lambda thing: thing.fill(7)),
        (([1, 2],), lambda thing: thing[0].append(3)),
        (Thing(a=1), lambda thing: setattr(thing, "a", 2)),
    ],
)
def test_is_put_back_in_place(value: Any, change: Any) -> None:
    holder = Thing(held=value)
    before = repr(vars(value) if isinstance(value, Thing) else value)
    put_back = remember([holder])
    change(value)
    assert repr(vars(value) if isinstance(value, Thing) else value) != before
    put_back()
    assert holder.held is value
    assert repr(vars(value) if isinstance(value, Thing) else value) == before


def test_attributes_are_removed_and_added() -> None:
    thing = Thing(kept=1, lost=2)
    put_back = remember([thing])
    del thing.lost
    thing.new = 3
    put_back()
    assert vars(thing) == {"kept": 1, "lost": 2}


def test_can_be_put_back_more_than_once() -> None:
    thing = [Thing(number=1)]
    put_back = remember([thing])
    for _ in range(2):
        thing[0].number += 1
        put_back()
        assert thing[0].number == 1


def test_circles_end() -> None:
    thing = Thing(items=[])
    thing.items.append(thing)
    remember([thing])()
    assert thing.items == [thing]


def test_variables_keep_their_values() -> None:
    ours, theirs = keras.Variable(np.ones(2, "float32")), tf.Variable([1.0, 2.0])
    put_back = remember([Thing(ours=ours, theirs=[theirs])])
    ours.assign([5.0, 6.0])
    theirs.assign([5.0, 6.0])
    put_back()
    assert np.array_equal(ours.numpy(), [1, 1])
    assert np.array_equal(theirs.numpy(), [1, 2])


def test_what_belongs_to_python_is_left_alone() -> None:
    outside = SimpleNamespace(number=1)
    put_back = remember([Thing(held=outside)])
    outside.number = 2
    put_back()
    assert outside.number == 2


def test_a_layer_is_no_longer_built() -> None:
    layer = keras.layers.Dense(2, activity_regularizer="l2")
    put_back = remember([layer])
    before = dict(vars(layer))
    keras.Sequential([layer])(np.ones((1, 3)))
    layer.trainable = False
    assert layer.built
    assert layer.losses
    put_back()
    assert vars(layer).keys() == before.keys()
    assert all(vars(layer)[name] is value for name, value in before.items())
    assert (layer.weights, layer.losses, layer._inbound_nodes, layer.trainable) == ([], [], [], True)
    assert layer(np.ones((1, 3))).shape == (1, 2)


def test_containers_that_keras_tracks_are_put_back() -> None:
    class Holder(keras.layers.Layer):
        def __init__(self) -> None:
            super().__init__()
            self.parts = [keras.layers.Dense(2)]
            self.named = {"a": keras.layers.Dense(2)}

    layer = Holder()
    put_back = remember([layer])
    parts = list(layer._flatten_layers())
    layer.parts.append(keras.layers.Dense(2))
    layer.named["b"] = keras.layers.Dense(2)
    assert len(list(layer._flatten_layers())) == 5
    put_back()
    assert list(layer._flatten_layers()) == parts
