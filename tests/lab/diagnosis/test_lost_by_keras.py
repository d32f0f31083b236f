"""What classes of Keras lose by themselves; a class that claims to be Keras' own stands for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest

from maskcheck.model.case import Mark, ObjectTag, Preparation
from tests.lab.gathered import evidence

MARK = Mark("spec", 1)


class Lossy(keras.layers.Layer):
    """Writes units, and neither hint nor, since it never hands it on, the activity regularizer."""

    def __init__(
        self, units: int = 1, hint: int = 0, activity_regularizer: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.units, self.hint = units, hint

    def call(self, inputs: Any) -> Any:
        return inputs * self.units

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units}


Lossy.__module__ = "keras.src.layers.lossy"


class Extends(Lossy):
    """Has an argument of its own, and fixes nothing of the parent's."""

    def __init__(self, gain: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gain = gain

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "gain": self.gain}


class Names(Extends):
    """Declares the argument itself, so that it is its own to write."""

    def __init__(self, hint: int = 0, **kwargs: Any) -> None:
        super().__init__(hint=hint, **kwargs)


class Drops(Extends):
    """Loses what its parent keeps."""

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["units"]
        return config


class Refuses(Extends):
    """Does not come back at all."""

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        raise ValueError("no")


class Holds(keras.layers.Layer):
    """Writes the layer that it holds."""

    def __init__(self, inner: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner

    def tune(self, name: str) -> None:
        setattr(self.inner, name, 7)

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "inner": keras.layers.serialize(self.inner)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        inner = config["inner"]
        return cls(**{**config, "inner": Lossy(**inner["config"])})


class Stack(keras.Sequential):
    """Freezes like any model, and Keras writes nothing of that."""


def inner(**init: Any) -> ObjectTag:
    return ObjectTag(f"{__name__}.Lossy", init, MARK)


@pytest.mark.parametrize(
    ("cls", "init", "lost"),
    [
        (Extends, {"units": 2, "gain": 2.0}, {}),
        (Extends, {"units": 2, "hint": 3}, {"hint": "Lossy.hint"}),
        (Extends, {"activity_regularizer": "l2"}, {"activity_regularizer": "Lossy.activity_regularizer"}),
        (Names, {"hint": 3}, {}),
        (Names, {"activity_regularizer": "l2"}, {"activity_regularizer": "Lossy.activity_regularizer"}),
        (Drops, {"units": 2}, {}),
        (Refuses, {"hint": 3}, {}),
        (Lossy, {"hint": 3}, {}),
    ],
)
def test_arguments_that_the_parent_loses(
    cls: type, init: dict[str, Any], lost: dict[str, str], tmp_path: Path
) -> None:
    assert evidence(cls, tmp_path, routes=("config",), **init).lost_by_keras == lost


def test_a_sub_layer_that_loses_its_argument(tmp_path: Path) -> None:
    found = evidence(Holds, tmp_path, routes=("config",), inner=inner(units=2, hint=3))
    assert found.lost_by_keras == {"inner.hint": "Lossy.hint"}


def test_freezing_that_the_parent_forgets(tmp_path: Path) -> None:
    dense = ObjectTag("keras.layers.Dense", {"units": 2}, MARK)
    found = evidence(Stack, tmp_path, routes=("keras",), layers=[dense])
    assert found.lost_by_keras == {"trainable": "Sequential.trainable"}


@pytest.mark.parametrize("name", ["units", "mark"])
def test_what_was_done_to_a_sub_layer_later_is_not_by_keras(name: str, tmp_path: Path) -> None:
    tuned = (Preparation("tune", (name,)),)
    found = evidence(Holds, tmp_path, routes=("config",), inner=inner(units=2), prepare=tuned)
    assert found.lost_by_keras == {}
