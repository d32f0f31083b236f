"""Layers whose outputs say nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest
from keras import ops

from tests.lab.gathered import evidence
from tests.lab.layers import Scale


@keras.saving.register_keras_serializable(package="idle")
class Positions(keras.layers.Layer):  # type: ignore[misc]
    def call(self, inputs: Any) -> Any:
        return ops.arange(ops.shape(inputs)[0])


@keras.saving.register_keras_serializable(package="idle")
class Table(keras.layers.Layer):  # type: ignore[misc]
    def build(self, input_shape: Any) -> None:
        self.table = self.add_weight(shape=(4,), initializer="ones")

    def call(self, inputs: Any) -> Any:
        return ops.cumsum(self.table) + 0.0


@pytest.mark.parametrize(("cls", "idle"), [(Positions, True), (Table, False), (Scale, False)])
def test_outputs_that_depend_on_nothing_are_told(cls: type, idle: bool, tmp_path: Path) -> None:
    assert evidence(cls, tmp_path).stability.constant_output is idle
