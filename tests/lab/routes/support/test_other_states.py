"""The forms of the .keras file: which are taken, and what each of them shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.model.case import Leaf, Preparation
from maskcheck.model.evidence import Evidence
from maskcheck.model.route import ROUTES
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP
from tests.lab.gathered import evidence, losses, trips
from tests.lab.layers import Masks, NumpyOnly, Scale, Small

SEQUENCE = Leaf(shape=(2, 4, 3))
STATES = [Leaf(shape=(2, 2)), Leaf(shape=(2, 2))]


def taken(found: Evidence) -> dict[str, list[str]]:
    """Return the modes in which each form of the route was called."""
    return {
        name.removeprefix("keras/"): list(trip.after.calls)
        for name, trip in trips(found).items()
        if trip.route == "keras" and trip.after
    }


def test_rare_calls_are_made_on_one_form_each(tmp_path: Path) -> None:
    found = evidence(Masks, tmp_path, SEQUENCE, routes=("config", "keras"))
    extra = ["mask argument", "all-true mask", "all-false mask", TRAINING_STEP]
    assert taken(found) == {
        "functional": ["inference", "masked", *extra],
        "held": ["inference", DOWNSTREAM],
    }
    config = trips(found)["config/json"].after
    assert config is not None
    assert list(config.calls) == ["inference", "masked"]
    assert all(losses(found, name).empty for name in ("keras/functional", "keras/held"))


def test_without_the_route_none_are_made(tmp_path: Path) -> None:
    found = evidence(Masks, tmp_path, SEQUENCE, routes=("config",))
    assert found.before is not None
    assert list(found.before.calls) == ["inference", "masked"]


@pytest.mark.parametrize(
    ("cls", "leaf", "reason"),
    [
        (Scale, SEQUENCE, ""),
        (NumpyOnly, SEQUENCE, "a training step raises NothingLearnt: no gradient reaches"),
        (NumpyOnly, Leaf(shape=(2, 3), dtype="int32"), "nothing to train"),
    ],
)
def test_why_there_is_no_step(cls: type, leaf: Leaf, reason: str, tmp_path: Path) -> None:
    assert evidence(cls, tmp_path, leaf, routes=("keras",)).untrained.startswith(reason)


SHAPES = ["functional", "held", "frozen", "wrapper", "sequential", "time-distributed"]


def test_all_routes_take_all_containers_and_calls(tmp_path: Path) -> None:
    found = evidence(Scale, tmp_path, routes=ROUTES)
    assert list(taken(found)) == SHAPES
    assert all(losses(found, f"keras/{form}").empty for form in SHAPES)
    deepcopy = trips(found)["deepcopy"].after
    assert deepcopy is not None
    assert list(deepcopy.calls) == ["inference", "training"]


def test_what_does_not_fit_says_so(tmp_path: Path) -> None:
    found = evidence(NumpyOnly, tmp_path, routes=ROUTES)
    assert found.skipped["keras/sequential"].startswith("does not fit into one: ")
    assert list(taken(found)) == ["held", "wrapper", "time-distributed"]


def test_a_cell_travels_in_the_layer_that_it_is_made_for(tmp_path: Path) -> None:
    found = evidence(keras.layers.LSTMCell, tmp_path, Leaf(shape=(2, 3)), STATES, routes=("keras",), units=2)
    assert list(taken(found)) == ["functional", "held", "rnn"]
    contrast = losses(found, "keras/rnn")
    assert (contrast.weights, contrast.flags, contrast.behaviour) == ((), (), False)


def test_both_directions(tmp_path: Path) -> None:
    found = evidence(keras.layers.GRU, tmp_path, SEQUENCE, routes=ROUTES, units=2)
    assert losses(found, "keras/bidirectional").empty


class Thaws(Scale):
    """Writes that it is trainable, whatever it is."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "trainable": True}


def test_a_layer_that_comes_back_trainable(tmp_path: Path) -> None:
    contrast = losses(evidence(Thaws, tmp_path, routes=("keras",)), "keras/frozen")
    assert [(d.path, d.before, d.after) for d in contrast.flags] == [("trainable", False, True)]
    (change,) = contrast.weights
    assert change.before is not None
    assert change.after is not None
    assert (change.path, change.before.trainable, change.after.trainable) == ("kernel", False, True)


class Careless(Small):
    """Is not compiled again when it is loaded."""

    def compile_from_config(self, config: dict[str, Any]) -> None:
        pass


def test_a_model_that_comes_back_without_its_optimizer(tmp_path: Path) -> None:
    found = evidence(Careless, tmp_path, routes=("keras",))
    assert "optimizer_state" in [d.path for d in losses(found, "keras/compiled").compiled]
    assert losses(found, "keras/held").empty


def test_a_model_that_cannot_be_trained(tmp_path: Path) -> None:
    class Pair(Small):
        def call(self, left: Any, right: Any) -> Any:
            return self.dense(left) + self.dense(right)

    found = evidence(Pair, tmp_path, Leaf(shape=(2, 3)), Leaf(shape=(2, 3)), routes=("keras",))
    assert found.skipped["keras/compiled"] == "train_on_batch hands one argument to call()"


class Clips(Scale):
    """Scales its gradient from outside of the config."""

    scale = 1.0

    def slow_down(self) -> None:
        self._slow = tf.constant(0.5)

    def call(self, inputs: Any, training: bool = False) -> Any:
        scale = getattr(self, "_slow", 1.0)

        @tf.custom_gradient
        def passed(x: Any) -> Any:
            return tf.identity(x), lambda upstream: upstream * scale

        return passed(super().call(inputs, training=training))


def test_a_gradient_that_differs_has_its_cause(tmp_path: Path) -> None:
    found = evidence(Clips, tmp_path, routes=("keras",), prepare=(Preparation("slow_down"),))
    contrast = losses(found, "keras/functional")
    assert [call.mode for call in contrast.calls if call.differs] == [TRAINING_STEP]
    assert trips(found)["keras/functional"].cause == ("_slow",)
