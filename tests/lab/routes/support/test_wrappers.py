"""The containers that a layer fits into, and the layer that is found in each."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from maskcheck.lab.calls.build import build
from maskcheck.lab.routes.support.wrappers import is_cell, list_wrappers
from maskcheck.model.case import Case, Leaf
from tests.lab.layers import Scale

VECTORS, SEQUENCE = Leaf(shape=(2, 3)), Leaf(shape=(2, 4, 3))
STATES = [Leaf(shape=(2, 2)), Leaf(shape=(2, 2))]


def made(cls: type, *args: Any, call: dict[str, Any] | None = None, **init: Any) -> Any:
    return build(cls, Case("plain", init=init, args=args, call=call or {}), 0, data_seed=0)


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (made(Scale, VECTORS), ["wrapper", "sequential", "time-distributed"]),
        (made(Scale, SEQUENCE), ["wrapper", "sequential"]),
        (made(Scale, VECTORS, call={"training": False}), ["wrapper", "sequential", "time-distributed"]),
        (made(keras.layers.LSTM, SEQUENCE, units=2), ["wrapper", "sequential", "bidirectional"]),
        (made(keras.layers.LSTM, SEQUENCE, call={"initial_state": STATES}, units=2), ["wrapper"]),
        (made(keras.layers.Add, [VECTORS, VECTORS]), ["wrapper"]),
        (made(keras.layers.LSTMCell, VECTORS, STATES, units=2), ["rnn"]),
    ],
)
def test_what_a_layer_fits_into(built: Any, expected: list[str]) -> None:
    assert [form for form, _ in list_wrappers(built.layer, built.inputs)] == expected


@pytest.mark.parametrize("form", ["wrapper", "sequential", "time-distributed"])
def test_the_layer_itself_is_in_there(form: str) -> None:
    built = made(Scale, VECTORS)
    contained = dict(list_wrappers(built.layer, built.inputs))[form]()
    assert contained.layer is built.layer
    assert contained.model.built


def test_a_cell_is_called_step_by_step() -> None:
    built = made(keras.layers.LSTMCell, VECTORS, STATES, units=2)
    contained = dict(list_wrappers(built.layer, built.inputs))["rnn"]()
    assert contained.layer is built.layer


def test_both_directions_are_made_anew_with_the_weights_of_the_layer() -> None:
    built = made(keras.layers.GRU, SEQUENCE, units=2)
    contained = dict(list_wrappers(built.layer, built.inputs))["bidirectional"]()
    assert contained.layer is not built.layer
    pairs = zip(contained.layer.get_weights(), built.layer.get_weights(), strict=True)
    assert all(np.array_equal(ours, theirs) for ours, theirs in pairs)


class Unlike(keras.layers.Layer):
    state_size = 2

    def call(self, inputs: Any) -> Any:
        return inputs


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (keras.layers.GRUCell(2), True),
        (keras.layers.GRU(2), False),
        (keras.layers.Dense(2), False),
        (Unlike(), False),
    ],
)
def test_cells(layer: Any, expected: bool) -> None:
    assert is_cell(layer) is expected
