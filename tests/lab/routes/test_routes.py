"""Each route brings a healthy layer back whole, and shows what a faulty one loses on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from maskcheck.lab.journey.travel import TAKE_ROUTES
from maskcheck.model.case import Leaf, Preparation
from maskcheck.model.route import ROUTES
from tests.lab.gathered import evidence, losses, trips
from tests.lab.layers import Counts, Forgets, Masks, NumpyOnly, Scale, Small, Unregistered

ALL = ["config/json", "config/plain", "keras/functional", "keras/held", "weights"]
# A layer of the user's own with weights that can be trained.
FROZEN = [*ALL[:-1], "keras/frozen", "weights"]
SEQUENCE = Leaf(shape=(2, 4, 3))


@pytest.mark.parametrize(
    ("cls", "args", "init"),
    [
        (Scale, (), {"factor": 2.0, "rate": 0.3, "weight_loss": 0.1, "dtype": "mixed_float16"}),
        (Counts, (), {}),
        (Unregistered, (), {"factor": 2.0}),
        (keras.layers.Dense, (), {"units": 2, "kernel_regularizer": "l2", "trainable": False}),
        (keras.layers.BatchNormalization, (), {}),
        (keras.layers.LSTM, (SEQUENCE,), {"units": 2, "dropout": 0.2, "stateful": False}),
        (keras.layers.Embedding, (Leaf(shape=(2, 4), dtype="int32"),), {"input_dim": 9, "output_dim": 2}),
        (keras.layers.MultiHeadAttention, (SEQUENCE, SEQUENCE), {"num_heads": 2, "key_dim": 2}),
    ],
)
def test_a_healthy_layer_comes_back_whole(cls: type, args: Any, init: dict[str, Any], tmp_path: Path) -> None:
    found = evidence(cls, tmp_path, *args, **init)
    assert list(trips(found)) == (FROZEN if cls in (Scale, Unregistered) else ALL)
    for name, trip in trips(found).items():
        assert (trip.failure, trip.shared, trip.unsafe) == (None, (), False)
        if name != "config/plain":
            assert losses(found, name).empty, name


def test_a_layer_without_weights_has_nothing_to_save(tmp_path: Path) -> None:
    found = evidence(Masks, tmp_path, SEQUENCE)
    assert list(trips(found)) == ALL[:-1]
    assert found.skipped == {"weights": "the layer has no weights"}
    assert all(losses(found, name).empty for name in ("config/json", "keras/functional", "keras/held"))


def test_a_layer_that_cannot_be_traced_goes_alone(tmp_path: Path) -> None:
    found = evidence(NumpyOnly, tmp_path)
    assert list(trips(found)) == ["config/json", "config/plain", "keras/held"]
    assert set(found.skipped) == {"keras/functional", "weights"}
    assert found.skipped["keras/functional"].startswith("cannot be called on symbolic inputs: ")
    assert losses(found, "keras/held").empty
    assert set(trips(found)["keras/held"].after.calls) == {"inference"}  # type: ignore[union-attr]


def test_a_model_is_saved_as_it_is(tmp_path: Path) -> None:
    found = evidence(Small, tmp_path, units=2)
    models = ["keras/held", "keras/compiled", "keras/frozen"]
    assert list(trips(found)) == ["config/json", "config/plain", *models, "weights"]
    assert all(losses(found, name).empty for name in ("config/json", *models, "weights"))


def test_a_lost_argument_shows_where_the_config_travels(tmp_path: Path) -> None:
    found = evidence(Forgets, tmp_path, factor=2.0)
    for name in ("config/json", "keras/functional", "keras/held"):
        contrast = losses(found, name)
        assert [change.path for change in contrast.attributes] == ["factor"]
        assert contrast.behaviour
    assert losses(found, "weights").empty
    rebuilt = trips(found)["config/json"].rebuilt
    assert rebuilt is not None
    assert rebuilt["factor"] == 1.0


class Hides(Scale):
    """Does not write a weight to files."""

    def save_own_variables(self, store: Any) -> None:
        pass

    def load_own_variables(self, store: Any) -> None:
        pass


def test_a_lost_weight_shows_where_files_travel(tmp_path: Path) -> None:
    found = evidence(Hides, tmp_path)
    assert losses(found, "config/json").empty
    for name in ("keras/functional", "keras/held", "weights"):
        contrast = losses(found, name)
        assert [change.path for change in contrast.weights] == ["kernel"]
        assert contrast.behaviour


class Broken(keras.layers.Layer):
    """Raises in the step named."""

    def __init__(self, step: str, error: type[BaseException] = ValueError, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.step, self.error = step, error
        self.kernel = self.add_weight(shape=(3,))

    def fail(self, step: str) -> None:
        if self.step == step:
            raise self.error(f"in {step}")

    def call(self, inputs: Any) -> Any:
        return inputs * self.kernel

    def get_config(self) -> dict[str, Any]:
        self.fail("get_config")
        return {**super().get_config(), "step": self.step}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        if config["step"] == "from_config":
            raise ValueError("in from_config")
        if config["step"] == "leave":
            raise SystemExit(3)
        return cls(**config)

    def save_own_variables(self, store: Any) -> None:
        self.fail("save")
        super().save_own_variables(store)

    def load_own_variables(self, store: Any) -> None:
        self.fail("load")
        super().load_own_variables(store)


@pytest.mark.parametrize(
    ("step", "failures"),
    [
        (
            "get_config",
            {
                "config/json": "serialize",
                "config/plain": "get_config",
                "keras/functional": "save",
                "keras/held": "save",
            },
        ),
        ("from_config", dict(zip(ALL, ["from_config", "from_config", "load", "load"], strict=False))),
        ("leave", dict(zip(ALL, ["from_config", "from_config", "load", "load"], strict=False))),
        ("save", {"keras/functional": "save", "keras/held": "save", "weights": "save"}),
        ("load", {"keras/functional": "load", "keras/held": "load", "weights": "load"}),
    ],
)
def test_a_step_that_raises_is_told_for_each_trip(
    step: str, failures: dict[str, str], tmp_path: Path
) -> None:
    found = evidence(Broken, tmp_path, step=step)
    assert {name: trip.failure.step for name, trip in trips(found).items() if trip.failure} == failures
    assert list(trips(found)) == ALL
    for trip in trips(found).values():
        assert trip.failure is None or f"in {step}" in trip.failure.error.message or step == "leave"


def test_where_only_a_lambda_stands_in_the_way_safe_mode_is_left(tmp_path: Path) -> None:
    found = evidence(keras.layers.Lambda, tmp_path, function=lambda x: x * 2, routes=("config", "keras"))
    for name in ("config/json", "keras/functional"):
        assert trips(found)[name].unsafe
        assert losses(found, name).empty


def test_routes_are_taken_as_asked(tmp_path: Path) -> None:
    assert list(trips(evidence(Scale, tmp_path, routes=("weights",)))) == ["weights"]
    assert list(trips(evidence(Scale, tmp_path, routes=()))) == []
    assert tuple(TAKE_ROUTES) == ROUTES


class Shares(keras.layers.Layer):
    """Hands its own sub-layer to its copy."""

    def __init__(self, inner: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner or keras.layers.Dense(3)

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "inner": self.inner}


def test_what_the_copy_shares_with_the_original_is_named(tmp_path: Path) -> None:
    found = trips(evidence(Shares, tmp_path, routes=("config",)))
    assert found["config/plain"].shared == ("inner", "inner.bias", "inner.kernel")


def test_weights_are_loaded_into_a_layer_that_was_not_prepared(tmp_path: Path) -> None:
    steps = (Preparation("adapt", (Leaf(shape=(50, 3)),)),)
    found = evidence(keras.layers.Normalization, tmp_path, prepare=steps)
    assert not losses(found, "weights").weights
    assert not losses(found, "weights").behaviour
    after = trips(found)["weights"].after
    assert after is not None
    assert not np.allclose(after.weights["adapt_mean"].array, 0)


def test_no_file_is_left_from_one_case_to_the_next(tmp_path: Path) -> None:
    evidence(Scale, tmp_path)
    left = sorted(path.name for path in (tmp_path / "files").iterdir())
    assert left == ["frozen.keras", "functional.keras", "held.keras", "layer.weights.h5"]
    evidence(Scale, tmp_path, routes=("config",))
    assert list((tmp_path / "files").iterdir()) == []
