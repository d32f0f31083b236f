"""Every variable gets values by which it can be told, and which the layer can still work with."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.randomize import randomize_weights, restore_weights
from maskcheck.lab.layer.variables import read_all

SEEDS = range(8)


class Holding(keras.layers.Layer):
    """Holds variables of the given values under the given names."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        for name, value in values.items():
            setattr(self, name, tf.Variable(value))


def after(value: Any, name: str = "held", seed: int = 0) -> Any:
    layer = Holding(**{name: value})
    randomize_weights(layer, seed)
    return read_all(walk(layer).variables)[name]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "value",
    [
        np.zeros((3, 4), "float32"),
        np.ones((3, 4), "float16"),
        np.linspace(-1, 1, 12),
        np.zeros((3, 4), "complex64"),
        np.array(0.0),
        np.array(1j),
    ],
)
def test_floats_get_values_that_are_all_different_and_none_as_before(value: Any, seed: int) -> None:
    found = after(value, seed=seed)
    assert (found.shape, found.dtype) == (value.shape, value.dtype)
    assert not (found == value).any()
    assert len(np.unique(found)) == value.size
    assert np.abs(found - value).max() <= 0.6


def test_bfloat16_moves_too() -> None:
    layer = Holding(held=tf.zeros(8, tf.bfloat16))
    randomize_weights(layer, 0)
    assert (layer.held.numpy().astype("float32") != 0).all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["moving_variance", "gamma", "scale", "running_std", "count", "SIGMA"])
def test_what_must_be_positive_by_its_name_is(name: str, seed: int) -> None:
    assert (after(np.zeros(20, "float32"), name, seed) > 0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_positive_stays_so(seed: int) -> None:
    assert (after(np.full(20, 0.1, "float32"), seed=seed) > 0).all()
    assert (after(np.zeros(20, "float32"), seed=seed) < 0).any()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("value", [[0, 1], [3, 1, 2], [[0, 5], [5, 5]], [0, 0, 0, 0, 0, 0, 1]])
def test_integers_are_reordered(value: Any, seed: int) -> None:
    before = np.array(value, "int32")
    found = after(before, seed=seed)
    assert sorted(found.flat) == sorted(before.flat)
    assert (found != before).any()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("value", "dtype"),
    [(0, "int64"), (127, "int8"), (126, "int8"), (-128, "int8"), (2**63 - 1, "int64"), (255, "uint8")],
)
def test_a_constant_integer_moves_a_little(value: int, dtype: str, seed: int) -> None:
    for shape in ((), (3,)):
        found = after(np.full(shape, value, dtype), seed=seed)
        assert {1 <= abs(int(each) - value) <= 3 for each in found.flat} == {True}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("value", [True, False, [True], [True, False], [False, False, False]])
def test_booleans_change(value: Any, seed: int) -> None:
    assert (after(np.array(value), seed=seed) != value).any()


@pytest.mark.parametrize("value", [np.zeros((0, 3), "float32"), np.array(["a", "b"])])
def test_what_cannot_change_is_left_alone(value: Any) -> None:
    layer = Holding(held=value)
    assert randomize_weights(layer, 0) == {}
    assert layer.held.numpy().astype(value.dtype).tolist() == value.tolist()


def test_variables_differ_from_each_other_and_between_seeds_and_are_the_same_again() -> None:
    def found(seed: int) -> dict[str, Any]:
        keras.utils.set_random_seed(0)
        layer = keras.Sequential(
            [keras.layers.Dense(3), keras.layers.BatchNormalization(), keras.layers.Dense(3)]
        )
        layer.build((None, 3))
        randomize_weights(layer, seed)
        return read_all(walk(layer).variables)

    one, again, other = found(0), found(0), found(1)
    assert all(np.array_equal(one[path], again[path]) for path in one)
    values = np.concatenate([array.ravel() for array in (*one.values(), *other.values())])
    assert len(np.unique(values)) == values.size


class Constrained(keras.layers.Layer):
    def __init__(self, constraint: Any) -> None:
        super().__init__()
        self.scale_free = self.add_weight(shape=(4, 5), initializer="zeros", constraint=constraint)


@pytest.mark.parametrize("seed", SEEDS)
def test_constraints_hold(seed: int) -> None:
    layer = Constrained("non_neg")
    randomize_weights(layer, seed)
    assert (layer.scale_free.numpy() >= 0).all()
    layer = Constrained(keras.constraints.UnitNorm(axis=0))
    randomize_weights(layer, seed)
    np.testing.assert_allclose(np.linalg.norm(layer.scale_free.numpy(), axis=0), 1, rtol=1e-4)


def test_a_constraint_that_fails_does_not_matter() -> None:
    class Refuse(keras.constraints.Constraint):
        def __call__(self, w: Any) -> Any:
            raise RuntimeError("not here")

    layer = Constrained(Refuse())
    randomize_weights(layer, 0)
    assert (layer.scale_free.numpy() != 0).all()


def test_positions_of_seed_generators_stay() -> None:
    layer = keras.layers.Dropout(0.5, seed=3)
    before = layer.seed_generator.state.numpy()
    assert randomize_weights(layer, 0) == {}
    assert np.array_equal(layer.seed_generator.state.numpy(), before)


def test_derived_values_follow() -> None:
    layer = keras.layers.Normalization()
    layer.adapt(np.random.default_rng(0).normal(size=(20, 3)).astype("float32"))
    randomize_weights(layer, 0)
    np.testing.assert_allclose(layer.mean.numpy().ravel(), layer.adapt_mean.numpy(), rtol=1e-6)


@pytest.mark.parametrize("integers_only", [True, False])
def test_put_back(integers_only: bool) -> None:
    values = {
        "floats": np.zeros(3, "float32"),
        "turns": np.zeros(3, "complex64"),
        "ints": np.arange(3),
        "flags": np.ones(3, bool),
    }
    layer = Holding(**values)
    restore_weights(layer, randomize_weights(layer, 0), integers_only=integers_only)
    now = read_all(walk(layer).variables)
    back = [name for name in values if np.array_equal(values[name], now[name])]
    assert back == (["ints", "flags"] if integers_only else list(values))
