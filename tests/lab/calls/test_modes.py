"""Which calls are made of layers that take masks, make them, or have nothing to do with them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, call_inputs, carried_mask
from maskcheck.lab.calls.modes import (
    ALL_FALSE,
    choose_extra_modes,
    choose_mask_modes,
    choose_modes,
    works_with_masks,
)
from maskcheck.model.case import Case, Leaf
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP
from tests.lab.layers import Masks, NumpyOnly, Scale

SEQUENCE, TOKENS = Leaf(shape=(2, 4, 3)), Leaf(shape=(2, 4), dtype="int32")
MASK = Leaf(shape=(2, 4), dtype="bool")
MASKED = Leaf(shape=(2, 4, 3), mask=MASK)
CONSTANT = ["all-true mask", ALL_FALSE]


class Makes(keras.layers.Layer):
    """Makes a mask and takes none."""

    def call(self, inputs: Any) -> Any:
        return inputs

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return inputs != 0


class HandsOn(keras.layers.Layer):
    """Hands a mask on as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.supports_masking = True

    def call(self, inputs: Any) -> Any:
        return inputs


def made(layer: Any, *args: Any, **call: Any) -> tuple[CallInputs, dict[str, CallInputs]]:
    inputs = call_inputs(Case("plain", args=args, call=call), 0)
    found = choose_modes(layer, inputs, 0)
    return found["inference"], choose_mask_modes(layer, found["inference"], 0)


@pytest.mark.parametrize(
    ("layer", "leaf", "call", "expected"),
    [
        (Masks(), SEQUENCE, {}, ["mask argument", *CONSTANT]),
        (Masks(), MASKED, {}, ["mask argument", *CONSTANT]),
        (Masks(), SEQUENCE, {"mask": MASK}, CONSTANT),
        (Masks(), Leaf(shape=(4,)), {}, []),
        (keras.layers.Embedding(5, 2, mask_zero=True), TOKENS, {}, CONSTANT),
        (Makes(), TOKENS, {}, CONSTANT),
        (HandsOn(), SEQUENCE, {}, []),
        (Scale(), SEQUENCE, {}, []),
    ],
)
def test_modes_with_masks(layer: Any, leaf: Leaf, call: dict[str, Any], expected: list[str]) -> None:
    assert list(made(layer, leaf, **call)[1]) == expected


def test_the_mask_argument_is_the_carried_mask() -> None:
    inference, found = made(Masks(), MASKED)
    argument = found["mask argument"]
    assert not argument.has_masks()
    assert np.array_equal(argument.kwargs["mask"], carried_mask(inference.args[0]))


def test_masks_of_several_inputs_are_passed_as_they_are_nested() -> None:
    argument = made(Masks(), [MASKED, SEQUENCE])[1]["mask argument"]
    first, second = argument.kwargs["mask"]
    assert first.shape == (2, 4)
    assert second is None


@pytest.mark.parametrize(("mode", "value"), [("all-true mask", True), (ALL_FALSE, False)])
def test_constant_masks(mode: str, value: bool) -> None:
    carried = made(Masks(), SEQUENCE)[1][mode]
    assert np.array_equal(carried_mask(carried.args[0]), np.full((2, 4), value))
    passed = made(Masks(), SEQUENCE, mask=MASK)[1][mode]
    assert np.array_equal(passed.kwargs["mask"], np.full((2, 4), value))
    assert not passed.has_masks()


@pytest.mark.parametrize(
    ("layer", "expected"),
    [(Masks(), True), (Makes(), True), (HandsOn(), False), (Scale(), False), (keras.layers.LSTM(2), True)],
)
def test_layers_that_work_with_masks(layer: Any, expected: bool) -> None:
    assert works_with_masks(layer) is expected


@pytest.mark.parametrize(
    ("layer", "leaf", "expected"),
    [
        (Scale(), SEQUENCE, [TRAINING_STEP]),
        (Masks(), SEQUENCE, [TRAINING_STEP, DOWNSTREAM]),
        (Masks(), Leaf(shape=(2, 3)), [TRAINING_STEP]),
        (Makes(), TOKENS, [DOWNSTREAM]),
        (NumpyOnly(), TOKENS, []),
    ],
)
def test_rare_modes(layer: Any, leaf: Leaf, expected: list[str]) -> None:
    inference, _ = made(layer, leaf)
    assert list(choose_extra_modes(layer, inference, 0)) == expected


def test_the_step_is_a_training_call() -> None:
    inference, _ = made(Scale(), SEQUENCE)
    assert inference.kwargs == {"training": False}
    assert choose_extra_modes(Scale(), inference, 0)[TRAINING_STEP].kwargs == {"training": True}


@pytest.mark.parametrize("leaf", [SEQUENCE, TOKENS])
def test_padding_is_zero_and_never_all_there_is(leaf: Leaf) -> None:
    inference, _ = made(Masks(), leaf)
    (padded,) = choose_extra_modes(Masks(), inference, 0)[DOWNSTREAM].args
    given = inference.args[0]
    shown = tf.reduce_any(tf.reshape(padded, (2, 4, -1)) != 0, axis=-1).numpy()
    assert shown.any(axis=1).all()
    assert not shown.all(axis=1).any()
    assert np.array_equal(padded.numpy()[shown], given.numpy()[shown])
