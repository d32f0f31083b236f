"""What makes a copy that behaves otherwise behave as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from keras import ops

from maskcheck.model.case import Preparation
from tests.lab.journey import evidence, trips


class Held:
    """Hides variables from Keras."""

    def __init__(self) -> None:
        self.slope, self.level = tf.Variable([0.5, 1.0, 2.0]), tf.Variable([0.5, 1.0, 2.0])


@keras.saving.register_keras_serializable(package="lab")
class Noisy(keras.layers.Layer):
    """Adds seeded noise in training and is moved by hidden variables; ``lost`` arguments are not written."""

    lost: tuple[str, ...] = ("seed",)

    def __init__(self, seed: int = 1, factor: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seed, self.factor = seed, factor
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.held = Held()

    def call(self, inputs: Any, training: bool = False) -> Any:
        noise = keras.random.normal(ops.shape(inputs), seed=self.seed_generator) if training else 0.0
        return (inputs + noise) * self.factor * self.held.slope + self.held.level

    def get_config(self) -> dict[str, Any]:
        own = {"seed": self.seed, "factor": self.factor}
        return {**super().get_config(), **{k: v for k, v in own.items() if k not in self.lost}}


@keras.saving.register_keras_serializable(package="lab")
class Fixed(keras.layers.Layer):
    """Loses both of its arguments, and with them a flag that nobody can set."""

    def __init__(self, first: float = 1.0, second: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first, self.second = first, second

    @property
    def trainable(self) -> bool:
        return self.first == 1.0

    def call(self, inputs: Any) -> Any:
        return inputs * self.first + self.second

    def get_config(self) -> dict[str, Any]:
        return super().get_config()


class Frozen(keras.layers.Layer):
    """Has a weight that is frozen later."""

    def build(self, shape: Any) -> None:
        self.slope = self.add_weight(shape=(), initializer="ones", name="slope")

    def freeze(self) -> None:
        self.slope.trainable = False

    def call(self, inputs: Any, training: bool = False) -> Any:
        return inputs * self.slope


class Scaled(Noisy):
    """Loses its factor instead."""

    lost = ("factor",)


def cause(cls: type, tmp_path: Path, **init: Any) -> tuple[tuple[str, ...], bool]:
    found = trips(evidence(cls, tmp_path, routes=("config",), **init))["config/json"]
    return found.cause, found.hidden


def test_a_lost_seed_does_not_hide_untracked_variables(tmp_path: Path) -> None:
    found = trips(evidence(Noisy, tmp_path, routes=("keras",), seed=5))
    assert {form: (trip.cause, trip.hidden) for form, trip in found.items()} == dict.fromkeys(
        found, (("held.slope", "held.level"), False)
    )


def test_the_argument_that_makes_the_results_equal_is_the_cause(tmp_path: Path) -> None:
    assert cause(Scaled, tmp_path, factor=3.0) == (("factor",), False)


def test_the_frozen_weight_is_the_cause_of_another_training_step(tmp_path: Path) -> None:
    frozen = (Preparation("freeze"),)
    found = trips(evidence(Frozen, tmp_path, routes=("keras",), prepare=frozen))
    assert {(trip.cause, trip.hidden) for trip in found.values()} == {
        ((), False),
        (("slope.trainable",), False),
    }


def test_a_flag_that_cannot_be_set_stays_as_it_is(tmp_path: Path) -> None:
    found = evidence(Fixed, tmp_path, routes=("config",), first=2.0, second=3.0)
    assert trips(found)["config/json"].cause == ("first", "second")
