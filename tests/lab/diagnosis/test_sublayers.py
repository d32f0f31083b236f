"""What the routes make of sub-layers, of lambdas, and of what a call was given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest

from maskcheck.lab.layer.object_graph import walk
from maskcheck.model.case import Preparation
from maskcheck.model.value import ListValue
from tests.lab.gathered import evidence, losses, trips
from tests.lab.layers import Scale


@keras.saving.register_keras_serializable(package="lab")
class Block(keras.layers.Layer):
    """Holds a Dense under the name of a method that Keras puts on every instance."""

    def __init__(self, units: int = 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.quantize = keras.layers.Dense(units)

    def build(self, shape: Any) -> None:
        self.quantize.build(shape)

    def call(self, inputs: Any) -> Any:
        return self.quantize(inputs)


@keras.saving.register_keras_serializable(package="lab")
class Extended(Block):
    """Holds it under a name of its own, exchanges or extends it, and builds it in its first call."""

    def __init__(self, units: int = 3, **kwargs: Any) -> None:
        super().__init__(units, **kwargs)
        del self.quantize
        self.dense = keras.layers.Dense(units)

    def build(self, shape: Any) -> None:
        """Leave the Dense to the first call."""

    def adapt(self) -> None:
        self.dense = keras.layers.Dense(self.units, activation="tanh")

    def extend(self) -> None:
        self.dense.enable_lora(1)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)


@keras.saving.register_keras_serializable(package="lab")
class Told(Scale):
    """Does something else where it is told so by a tuple."""

    def call(self, inputs: Any, steps: Any = None, training: bool = False) -> Any:
        return super().call(inputs, training) * (2.0 if isinstance(steps, tuple) else 3.0)


@keras.saving.register_keras_serializable(package="lab")
class Lambda(keras.layers.Lambda):
    """Keras' own Lambda, extended by nothing."""


def test_layer_in_the_place_of_a_method_goes_by_its_name() -> None:
    block = Block()
    block(keras.ops.ones((2, 3)))
    assert set(walk(block).layers) == {"", "quantize"}
    assert set(walk(block).variables) == {"quantize.kernel", "quantize.bias"}


def test_layer_that_was_exchanged_before_it_was_built_is_no_part() -> None:
    block = Extended()
    block.adapt()
    block(keras.ops.ones((2, 3)))
    assert set(walk(block).layers) == {"", "dense"}


def test_copy_by_config_has_the_weights_that_its_first_call_makes(tmp_path: Path) -> None:
    found = evidence(Extended, tmp_path, routes=("config",))
    assert not losses(found, "config/json").weights


@pytest.mark.parametrize("prepare", [(), (Preparation("extend"),)])
def test_weights_load_into_a_layer_that_has_as_many(prepare: Any, tmp_path: Path) -> None:
    found = evidence(Block, tmp_path, routes=("weights",))
    assert trips(found)["weights"].failure is None
    extended = evidence(Extended, tmp_path, routes=("weights",), prepare=prepare)
    after = trips(extended)["weights"].after
    assert extended.before is not None
    assert after is not None
    assert set(after.weights) == set(extended.before.weights)


def test_graph_gives_back_what_the_call_was_given(tmp_path: Path) -> None:
    found = evidence(Told, tmp_path, routes=("keras",), call={"steps": (2, 5)})
    lost = losses(found, "keras/graph")
    assert [(change.path, change.drift) for change in lost.attributes] == [("call(steps)", True)]
    assert lost.attributes[0].differences[0].after == ListValue("list", (2, 5))
    assert lost.behaviour
    assert not losses(found, "keras/functional").behaviour


@pytest.mark.parametrize("call", [{}, {"steps": 3}, {"steps": None}])
def test_graph_is_not_asked_about_what_is_safe(call: dict[str, Any], tmp_path: Path) -> None:
    assert "keras/graph" not in trips(evidence(Told, tmp_path, routes=("keras",), call=call))


def test_lambda_that_is_refused_for_another_reason_is_told_by_that(tmp_path: Path) -> None:
    bare = eval("lambda x: x * FACTOR", {"FACTOR": 3.0})
    found = evidence(Lambda, tmp_path, routes=("keras",), function=bare)
    trip = trips(found)["keras/functional"]
    assert trip.failure is not None
    assert (trip.unsafe, trip.failure.error.type) == (True, "NotImplementedError")
