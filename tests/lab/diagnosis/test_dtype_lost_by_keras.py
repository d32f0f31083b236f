"""Policies that classes of Keras forget are told of none of the layers that hold or extend one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest

from maskcheck.lab.process.keras_settings import keep_keras_settings
from maskcheck.model.evidence import Evidence
from tests.lab.gathered import evidence


class Names(keras.layers.Layer):
    """Stands for a class of Keras that writes the dtype of its weights."""

    def call(self, inputs: Any) -> Any:
        return inputs * 2

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "dtype": self.dtype}


Names.__module__ = "keras.src.layers.names"


class Extends(Names):
    """Adds nothing."""


class Holds(keras.layers.Layer):
    """Writes the layer that it holds."""

    def __init__(self, inner: keras.layers.Layer | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner or Names(autocast=False)

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "inner": self.inner.get_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        return cls(**{**config, "inner": Names.from_config(config["inner"])})


class Blames(keras.layers.Layer):
    """Writes the wrong dtype itself."""

    def call(self, inputs: Any) -> Any:
        return inputs * 2

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "dtype": self.dtype}


def mixed(cls: type, scratch: Path) -> Evidence:
    with keep_keras_settings():
        keras.config.set_dtype_policy("mixed_float16")
        return evidence(cls, scratch, routes=("config",))


@pytest.mark.parametrize(
    ("cls", "lost"),
    [
        (Extends, {"dtype": "Names.dtype", "dtype_policy": "Names.dtype"}),
        (Holds, {"inner.dtype_policy": "Names.dtype", "inner.autocast": "Names.autocast"}),
        (Blames, {}),
    ],
)
def test_whose_loss_it_is(cls: type, lost: dict[str, str], tmp_path: Path) -> None:
    assert mixed(cls, tmp_path).lost_by_keras == lost
