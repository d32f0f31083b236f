"""Other formats than .keras bring a healthy layer back whole, and show what a faulty one loses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.model.case import Leaf, Preparation
from tests.lab.gathered import evidence, losses, trips
from tests.lab.layers import Counts, Forgets, Masks, NumpyOnly, Scale, Small, Unregistered
from tests.lab.routes.limited import Learns

FORMATS = ("pickle", "h5", "clone", "json", "tf-checkpoint", "export")
TRAVELLED = [
    "pickle/layer",
    "pickle/functional",
    "h5/functional",
    "clone/functional",
    "json/functional",
    "tf-checkpoint",
    "export/serve",
    "export/tfsm",
]
SEQUENCE = Leaf(shape=(2, 4, 3))
WORDS = Leaf(shape=(2, 4), dtype="int32", low=0, high=9)


@pytest.mark.parametrize(
    ("cls", "args", "init"),
    [
        (Scale, (), {"factor": 2.0, "rate": 0.3, "weight_loss": 0.1, "dtype": "mixed_float16"}),
        (Counts, (), {}),
        (Unregistered, (), {"factor": 2.0}),
        (keras.layers.Dense, (), {"units": 2, "kernel_regularizer": "l2", "trainable": False}),
        (keras.layers.BatchNormalization, (), {}),
        (keras.layers.LSTM, (SEQUENCE,), {"units": 2, "dropout": 0.2}),
        (keras.layers.Embedding, (WORDS,), {"input_dim": 9, "output_dim": 2, "mask_zero": True}),
        (keras.layers.MultiHeadAttention, (SEQUENCE, SEQUENCE), {"num_heads": 2, "key_dim": 2}),
        (keras.layers.Dropout, (), {"rate": 0.5}),
    ],
)
def test_a_healthy_layer_comes_back_whole(cls: type, args: Any, init: dict[str, Any], tmp_path: Path) -> None:
    found = evidence(cls, tmp_path, *args, routes=FORMATS, **init)
    taken = [name for name in TRAVELLED if name.partition("/")[0] not in found.skipped]
    assert list(trips(found)) == taken
    for name, trip in trips(found).items():
        assert (trip.failure, trip.shared, trip.unsafe) == (None, (), False)
        assert losses(found, name).empty, name


def test_what_is_served_gives_outputs_alone(tmp_path: Path) -> None:
    found = evidence(keras.layers.Embedding, tmp_path, WORDS, routes=("export",), input_dim=9, output_dim=2)
    for trip in found.trips:
        assert trip.after is not None
        assert trip.after.opaque
        (call,) = trip.after.calls.values()
        assert (call.masks, call.losses) == (None, ())


def test_a_layer_that_cannot_be_traced_goes_where_it_can_be_held(tmp_path: Path) -> None:
    found = evidence(NumpyOnly, tmp_path, routes=FORMATS)
    assert list(trips(found)) == ["pickle/layer", "pickle/held", "clone/held", "json/held"]
    assert set(found.skipped) == {"h5", "tf-checkpoint", "export"}
    assert found.skipped["h5"].startswith("cannot be called on symbolic inputs: ")
    assert all(losses(found, name).empty for name in trips(found))


def test_a_model_is_its_own_container(tmp_path: Path) -> None:
    found = evidence(Small, tmp_path, routes=FORMATS, units=2)
    forms = ["pickle/model", "h5/model", "clone/model", "json/model"]
    there = [name for name in trips(found) if not name.startswith("keras")]
    assert there == [*forms, "tf-checkpoint", "export/serve", "export/tfsm"]
    assert all(losses(found, name).empty for name in there if name != "h5/model")


def test_a_lost_argument_shows_where_the_config_travels(tmp_path: Path) -> None:
    found = evidence(Forgets, tmp_path, routes=FORMATS, factor=2.0)
    for name in TRAVELLED:
        changes = [change.path for change in losses(found, name).attributes]
        assert changes == ([] if name.startswith(("tf-checkpoint", "export")) else ["factor"]), name


@keras.saving.register_keras_serializable(package="tests")
class TakesTwo(keras.layers.Layer):
    """Gives nested outputs of a nested input and of a tensor that comes by its name."""

    def call(self, inputs: Any, *, other: Any, scale: float = 1.0) -> Any:
        first, second = inputs["a"], inputs["b"][0]
        return {"sum": first + second * scale, "all": (first, [second, other])}


def test_nested_inputs_and_outputs_are_served(tmp_path: Path) -> None:
    nested = {"b": [Leaf(shape=(2, 3))], "a": Leaf(shape=(2, 3))}
    call = {"other": Leaf(shape=(2, 1)), "scale": 3.0}
    found = evidence(TakesTwo, tmp_path, nested, routes=("export",), call=call)
    assert list(trips(found)) == ["export/serve", "export/tfsm"]
    assert all(losses(found, name).empty for name in trips(found))


def test_masks_stay_at_home_when_a_model_is_exported(tmp_path: Path) -> None:
    masked = Leaf(shape=(2, 4, 3), mask=Leaf(values=[[True, True, False, False]] * 2, dtype="bool"))
    found = evidence(Masks, tmp_path, masked, routes=("export",))
    assert [list(trip.after.calls) for trip in found.trips if trip.after] == [["unmasked"], ["unmasked"]]
    assert all(losses(found, name).empty for name in trips(found))


@keras.saving.register_keras_serializable(package="tests")
class Draws(keras.layers.Layer):
    """Adds noise whenever it is called."""

    def __init__(self, seed: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seed = seed
        self.generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any) -> Any:
        return inputs + keras.random.normal(tf.shape(inputs), seed=self.generator)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "seed": self.seed}


def test_a_model_is_exported_where_its_generators_stood_when_it_was_called(tmp_path: Path) -> None:
    found = evidence(Draws, tmp_path, routes=("export",))
    assert list(trips(found)) == ["export/serve", "export/tfsm"]
    assert all(losses(found, name).empty for name in trips(found))


@pytest.mark.parametrize("route", ["h5", "clone"])
def test_a_keras_file_is_the_measure_where_it_was_not_asked_for(route: str, tmp_path: Path) -> None:
    found = evidence(Learns, tmp_path, routes=(route,), prepare=(Preparation("learn"),))
    assert f"{route}/functional" in trips(found)
    assert losses(found, f"{route}/functional").behaviour
    assert losses(found, "keras/functional").empty


def test_no_keras_file_is_made_without_need(tmp_path: Path) -> None:
    found = evidence(Scale, tmp_path, routes=("h5", "pickle"))
    assert {trip.route for trip in found.trips} == {"h5", "pickle"}


class Broken(Scale):
    """Raises wherever its own variables are saved."""

    def save_own_variables(self, store: Any) -> None:
        raise ValueError("not to be saved")


def test_the_step_that_failed_is_told(tmp_path: Path) -> None:
    found = evidence(Broken, tmp_path, routes=("pickle", "json"))
    failures = {name: trip.failure for name, trip in trips(found).items() if trip.route != "keras"}
    assert {name: failure and failure.step for name, failure in failures.items()} == {
        "pickle/layer": "save",
        "pickle/functional": "save",
        "json/functional": "save",
    }
