"""Everything that a layer holds is found, under a path that is the same in another instance."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.layer.object_graph import Walk, own_attributes, tracked_ids, walk
from tests.lab.hostile import REFUSING


class Pair(NamedTuple):
    left: Any
    right: Any


class Bag:
    def __init__(self, **held: Any) -> None:
        vars(self).update(held)


def holding(**held: Any) -> keras.Layer:
    layer = keras.layers.Layer()
    for name, value in held.items():
        setattr(layer, name, value)
    return layer


def dense() -> keras.layers.Dense:
    made = keras.layers.Dense(2)
    made.build((None, 3))
    return made


def paths(found: Walk) -> tuple[list[str], list[str]]:
    return list(found.layers), list(found.variables)


@pytest.mark.parametrize(
    ("wrapped", "path"),
    [
        (lambda x: x, "held"),
        (lambda x: [x], "held[0]"),
        (lambda x: (1, [x]), "held[1][0]"),
        (lambda x: {"a": {"b": x}}, "held['a']['b']"),
        (lambda x: {1: x}, "held[1]"),
        (lambda x: {("a", 2): x}, "held[('a', 2)]"),
        (lambda x: Pair(0, x), "held[1]"),
        (lambda x: Bag(inner=Bag(x=x)), "held.inner.x"),
        (lambda x: SimpleNamespace(x=[x]), "held.x[0]"),
    ],
)
def test_layers_and_variables_are_found_wherever_they_are(wrapped: Callable[[Any], Any], path: str) -> None:
    layers, variables = paths(walk(holding(held=wrapped(dense()))))
    assert layers == ["", path]
    assert variables == [f"{path}.kernel", f"{path}.bias"]
    assert paths(walk(holding(held=wrapped(keras.Variable(1.0)))))[1] == [path]


def test_a_layer_in_a_set() -> None:
    assert paths(walk(holding(held={dense()})))[0] == ["", "held[0]"]


def test_layers_inside_layers() -> None:
    layers, variables = paths(walk(holding(outer=holding(inner=[dense()]))))
    assert layers == ["", "outer", "outer.inner[0]"]
    assert variables == ["outer.inner[0].kernel", "outer.inner[0].bias"]


def test_a_model_is_walked_like_a_layer() -> None:
    sequential = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.Dense(1)])
    inputs = keras.Input((3,))
    functional = keras.Model(inputs, keras.layers.Dense(2)(inputs))
    for model, count in ((sequential, 2), (functional, 1)):
        found = walk(model)
        kernels = [path for path in found.variables if path.endswith(".kernel")]
        assert len(kernels) == count
        assert {id(v.variable) for v in found.variables.values()} == {id(v) for v in model.variables}


def test_two_instances_have_the_same_paths() -> None:
    def make() -> keras.Layer:
        return keras.Sequential([keras.layers.Dense(2), keras.layers.LSTM(2), keras.layers.Dropout(0.5)])

    one, other = make(), make()
    one.build((None, 4, 3))
    other.build((None, 4, 3))
    assert paths(walk(one)) == paths(walk(other))
    assert len(walk(one).variables) == len(one.variables)


class Private(keras.layers.Layer):
    def build(self, shape: Any) -> None:
        self._given = self.add_weight(shape=(2,), name="scale")
        self._unnamed = self.add_weight(shape=(2,))
        self._plain = tf.Variable([1.0])
        self._list = [self.add_weight(shape=(2,), name="inside")]
        self.public = self.add_weight(shape=(2,), name="other")


def test_a_private_variable_goes_by_the_name_that_it_was_given() -> None:
    expected = ["scale", "_unnamed", "_plain", "_list[0]", "public"]
    for _ in range(2):
        layer = Private()
        layer.build((None, 2))
        assert paths(walk(layer))[1] == expected


class Twins(keras.layers.Layer):
    def build(self, shape: Any) -> None:
        self._one = self.add_weight(shape=(1,), name="w")
        self._other = self.add_weight(shape=(2,), name="w")


def test_two_variables_of_one_name() -> None:
    layer = Twins()
    layer.build(None)
    found = walk(layer)
    assert {path: v.variable.shape for path, v in found.variables.items()} == {"w": (1,), "w#2": (2,)}


class Closure(keras.layers.Layer):
    def build(self, shape: Any) -> None:
        weight = self.add_weight(shape=(1,), name="hidden")
        self.apply = lambda x: x * weight


def test_a_weight_in_a_closure_goes_by_its_layer_and_name() -> None:
    layer = holding(inner=Closure())
    layer.inner.build(None)
    assert paths(walk(layer))[1] == ["inner.hidden"]


def test_what_is_reached_on_two_ways_is_an_alias() -> None:
    shared = dense()
    found = walk(holding(first=shared, second=[shared], third=dense()))
    assert list(found.layers) == ["", "first", "third"]
    assert found.shared() == frozenset({frozenset({"first", "second[0]"})})


def test_a_variable_shared_by_two_layers() -> None:
    one, other = dense(), keras.layers.Layer()
    other.tied = one.kernel
    found = walk(holding(one=one, other=other))
    assert frozenset({"one.kernel", "other.tied"}) in found.shared()


def test_seed_generators_and_metrics_are_named_and_so_are_their_variables() -> None:
    layer = holding(
        drop=keras.layers.Dropout(0.5), seed=keras.random.SeedGenerator(1), mean=keras.metrics.Mean()
    )
    found = walk(layer)
    assert list(found.seeds) == ["drop.seed_generator", "seed"]
    assert list(found.metrics) == ["mean"]
    assert list(found.variables) == ["drop.seed_generator.state", "seed.state", "mean.total", "mean.count"]
    assert [found.variables[f"{path}.state"].owner for path in found.seeds] == list(found.seeds.values())
    assert found.variables["mean.total"].owner is layer.mean


def test_what_keras_does_not_track() -> None:
    layer = holding(known=dense())
    layer.bag = Bag(unknown=dense(), deep=Bag(variable=tf.Variable(1.0)))
    found, tracked = walk(layer), tracked_ids(layer)
    assert {path: id(part) in tracked for path, part in found.layers.items()} == {
        "": True, "known": True, "bag.unknown": False,
    }  # fmt: skip
    assert found.variables["bag.deep.variable"].owner is layer.bag.deep


def test_attributes_of_keras_itself_are_not_the_layers_own() -> None:
    layer = keras.layers.Identity()
    layer.rate, layer._hidden = 1, 2
    layer(tf.ones((1, 2)))
    assert own_attributes(layer) == {"rate": 1, "_hidden": 2}

    class Model(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.rate = 3

        def call(self, inputs: Any) -> Any:
            return inputs * self.rate

    model = Model()
    model(tf.ones((1, 2)))
    assert own_attributes(model) == {"rate": 3}


def test_what_fit_leaves_on_a_model_is_not_its_own() -> None:
    model = keras.Sequential([keras.layers.Dense(2)])
    model.compile("sgd", "mse")
    model.fit(np.ones((4, 3)), np.ones((4, 2)), verbose=0, validation_split=0.5)
    model.predict(np.ones((4, 3)), verbose=0)
    assert "history" in vars(model)
    assert own_attributes(model) == {}


@pytest.mark.parametrize("kind", REFUSING)
def test_objects_that_refuse_are_passed_over(kind: type) -> None:
    layer = keras.layers.Layer()
    vars(layer).update(
        strange=kind(), bag=Bag(strange=kind(), inner=dense()), table={"a": kind(), "b": dense()}
    )
    assert list(walk(layer).layers) == ["", "bag.inner", "table['b']"]


def test_circles_end() -> None:
    parent = Bag(children=[])
    parent.children = [Bag(parent=parent, variable=tf.Variable(float(i))) for i in range(40)]  # type: ignore[attr-defined]
    layer = holding(tree=parent)
    layer.myself = Bag(layer=layer)
    found = walk(layer)
    assert list(found.variables) == [f"tree.children[{i}].variable" for i in range(40)]
    assert found.shared() == frozenset({frozenset({"", "myself.layer"})})


@pytest.mark.parametrize(
    "value", ["text", range(10**12), np.zeros(10**6), len, int, threading.Lock(), iter([1]), tf.ones(3), np]
)
def test_what_holds_no_layers(value: Any) -> None:
    assert paths(walk(holding(value=value))) == ([""], [])
