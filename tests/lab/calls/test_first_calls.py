"""What first calls do to attributes, and how a used layer is told from a new one."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from maskcheck.lab.calls.build import build
from maskcheck.model.case import Case, Leaf

CASE = Case("plain", args=(Leaf(shape=(4, 3)),))


class Starts(keras.layers.Layer):
    """Sets a flag when it is trained, draws a table at its first call, and keeps the first mean."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.trained = False
        self.table: Any = None
        self.mean: Any = None
        self.width = 0

    def build(self, input_shape: Any) -> None:
        self.width = input_shape[-1]
        self.built = True

    def call(self, inputs: Any, training: bool = False) -> Any:
        if self.table is None:
            self.table = np.random.normal(size=3)
            self.mean = float(np.mean(inputs))
        if training:
            self.trained = True
        return inputs


def test_flags_that_calls_move_and_tables_that_they_make() -> None:
    built = build(Starts, CASE, 0, data_seed=0, used=True)
    assert built.moved >= {"trained"}
    assert built.made == {"table", "mean"} - built.moved
    assert "width" not in built.moved
    assert "call" not in vars(built.layer)


def test_a_new_layer_is_not_trained_and_sees_the_data_of_the_case() -> None:
    new, used = (build(Starts, CASE, 0, data_seed=0, used=flag).layer for flag in (False, True))
    assert (new.trained, used.trained) == (False, True)
    assert new.mean != used.mean


def test_no_two_layers_draw_alike_at_the_first_call() -> None:
    tables = [build(Starts, CASE, seed, data_seed=0, used=True).layer.table for seed in (0, 1)]
    assert not np.array_equal(*tables)
