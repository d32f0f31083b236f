"""The evidence of one case: the layer itself, and the layer compared with itself."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from maskcheck.model.case import Leaf
from maskcheck.model.value import ListValue
from tests.lab.gathered import evidence, trips
from tests.lab.layers import Counts, Forgets, Scale

COUNTER = itertools.count()


def test_a_healthy_layer_needs_no_comparison_with_itself(tmp_path: Path) -> None:
    found = evidence(Scale, tmp_path, factor=2.0)
    assert (
        found.failure,
        found.stability.built_again,
        found.stability.unstable_modes,
        found.stability.damaged,
    ) == (None, None, frozenset(), False)
    assert (found.case, found.facts.is_keras, found.subject.name) == ("plain", False, "Scale")
    given = {argument.name: (argument.given, argument.explicit) for argument in found.facts.arguments}
    assert given["factor"] == (2.0, True)
    assert given["rate"] == (0.0, False)
    assert evidence(keras.layers.Dense, tmp_path, units=2).facts.is_keras


def test_weights_are_no_longer_what_they_were_at_first(tmp_path: Path) -> None:
    before = evidence(Scale, tmp_path).before
    assert before is not None
    kernel = before.weights["kernel"].array
    assert len(np.unique(kernel)) == 3
    assert not (kernel == 1).any()


class Random(keras.layers.Layer):
    """Draws from NumPy's stream of another process, so to speak: no seed holds it."""

    def call(self, inputs: Any) -> Any:
        return inputs + float(next(COUNTER))


def test_what_differs_from_call_to_call_is_unsteady(tmp_path: Path) -> None:
    found = evidence(Random, tmp_path)
    assert "inference" in found.stability.unstable_modes
    assert not found.stability.damaged


def test_what_tensorflow_draws_is_steady_once_its_stream_is_seeded(tmp_path: Path) -> None:
    class Noise(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            return inputs + tf.random.normal(tf.shape(inputs)) + float(np.random.normal())

    found = evidence(Noise, tmp_path, routes=("config",))
    assert found.stability.unstable_modes == frozenset()
    assert found.before is not None
    after = trips(found)["config/json"].after
    assert after is not None
    outputs: list[Any] = [s.calls["inference"].outputs for s in (found.before, after)]
    assert np.array_equal(outputs[0].array, outputs[1].array)


class Damages(Scale):
    """Is another layer after get_config."""

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        self.factor = self.factor + 1
        return config


def test_a_layer_that_its_routes_change_is_damaged(tmp_path: Path) -> None:
    found = evidence(Damages, tmp_path, factor=2.0)
    assert found.stability.damaged
    assert found.stability.unstable_modes == frozenset()
    assert found.config.mutates == ("factor",)
    assert not evidence(Forgets, tmp_path, factor=2.0).stability.damaged


class Draws(keras.layers.Layer):
    """Draws an attribute at random, and counts its calls in another."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.drawn = float(np.random.normal())
        self.calls = 0

    def call(self, inputs: Any) -> Any:
        self.calls += 1
        return inputs


def test_what_another_construction_draws_otherwise_shows_in_the_control(tmp_path: Path) -> None:
    found = evidence(Draws, tmp_path, routes=("config",))
    assert found.before is not None
    assert found.stability.built_again is not None
    assert found.stability.built_again.root.attributes["drawn"] != found.before.root.attributes["drawn"]
    assert found.stability.counters == {"calls"}


def test_the_control_has_the_same_weights(tmp_path: Path) -> None:
    found = evidence(Forgets, tmp_path, factor=2.0, rate=0.5)
    assert found.before is not None
    assert found.stability.built_again is not None
    assert np.array_equal(
        found.stability.built_again.weights["kernel"].array, found.before.weights["kernel"].array
    )
    assert found.stability.built_again.root.attributes["factor"] == 2.0


def test_a_layer_that_cannot_be_built_or_called_is_a_failure(tmp_path: Path) -> None:
    found = evidence(keras.layers.Dense, tmp_path)
    assert found.failure is not None
    assert (found.failure.step, found.before, found.trips) == ("construct", None, ())
    found = evidence(keras.layers.Conv1D, tmp_path, filters=2, kernel_size=2)
    assert found.failure is not None
    assert (found.failure.step, found.before) == ("call", None)


def test_a_layer_that_can_be_called_only_once_is_a_failure(tmp_path: Path) -> None:
    class Once(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            if getattr(self, "used", False):
                raise RuntimeError("worn out")
            self.used = True
            return inputs

    found = evidence(Once, tmp_path)
    assert found.failure is not None
    assert (found.failure.step, found.failure.error.message.splitlines()[0]) != ("", "")
    assert "worn out" in found.failure.error.message


class Indexed(keras.layers.Layer):
    """Gathers by an integer weight, which must stay in range."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kernel = self.add_weight(shape=(3,), name="kernel")
        self.index = self.add_weight(
            shape=(), dtype="int32", initializer="zeros", trainable=False, name="index"
        )

    def call(self, inputs: Any) -> Any:
        keras.ops.shape(inputs)
        tf.debugging.assert_less(self.index.value, 1)
        return inputs * self.kernel


def test_integers_that_the_layer_cannot_bear_are_put_back(tmp_path: Path) -> None:
    before = evidence(Indexed, tmp_path, routes=()).before
    assert before is not None
    assert before.weights["index"].array == 0
    assert before.calls["inference"].error is None
    assert len(np.unique(before.weights["kernel"].array)) == 3


class Root(keras.layers.Layer):
    """Bears no values but its first ones."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kernel = self.add_weight(shape=(3,), initializer="ones", name="kernel")

    def call(self, inputs: Any) -> Any:
        return inputs * keras.ops.sqrt(-keras.ops.abs(self.kernel - 1))


def test_weights_that_give_nothing_finite_are_put_back(tmp_path: Path) -> None:
    before = evidence(Root, tmp_path, routes=()).before
    assert before is not None
    assert before.weights["kernel"].array.tolist() == [1, 1, 1]


def test_modes_that_the_original_refuses_are_left_out(tmp_path: Path) -> None:
    class NoTraining(Scale):
        def call(self, inputs: Any, training: bool = False) -> Any:
            if training:
                raise RuntimeError("inference only")
            return super().call(inputs)

    found = evidence(NoTraining, tmp_path)
    assert found.before is not None
    assert list(found.before.calls) == ["inference"]


def test_one_seed_gives_one_evidence(tmp_path: Path) -> None:
    one, other = (evidence(Counts, tmp_path, Leaf(shape=(4, 3))) for _ in range(2))
    assert one.before is not None
    assert other.before is not None
    for path, weight in one.before.weights.items():
        assert np.array_equal(weight.array, other.before.weights[path].array)
    outputs: list[Any] = [each.before.calls["inference"].outputs for each in (one, other)]  # type: ignore[union-attr]
    assert np.array_equal(outputs[0].array, outputs[1].array)


def test_the_reference_is_taken_before_the_first_get_config(tmp_path: Path) -> None:
    class Converts(Scale):
        """Turns a tuple into a list when it is asked for its config."""

        def __init__(self, sizes: Any = (1, 2), **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.sizes = sizes

        def get_config(self) -> dict[str, Any]:
            self.sizes = list(self.sizes)
            return {**super().get_config(), "sizes": self.sizes}

    found = evidence(Converts, tmp_path, routes=("config",))
    assert found.before is not None
    assert found.before.root.attributes["sizes"] == ListValue("tuple", (1, 2))
    assert found.config.mutates == ("sizes",)
