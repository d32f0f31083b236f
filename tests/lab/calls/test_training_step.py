"""One step of training: loss, gradients and what they make of the weights."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.compare.steps import compare_steps
from maskcheck.lab.calls.build import build
from maskcheck.lab.calls.call import call_all
from maskcheck.lab.calls.modes import choose_extra_modes, choose_modes
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.variables import read_all
from maskcheck.model.case import Case, Leaf
from maskcheck.model.snapshot import TRAINING_STEP, CallResult
from maskcheck.model.value import ArrayValue
from tests.lab.layers import Counts, Masks, NumpyOnly, Scale

INPUT = Leaf(shape=(2, 3))


def built(cls: type, leaf: Leaf = INPUT, seed: int = 0, **init: Any) -> Any:
    return build(cls, Case("plain", init=init, args=(leaf,)), seed, data_seed=0)


def stepped(one: Any) -> CallResult:
    inference = choose_modes(one.layer, one.inputs, 0)["inference"]
    wanted = choose_extra_modes(one.layer, inference, 0)
    return call_all(one.layer, walk(one.layer), {TRAINING_STEP: wanted[TRAINING_STEP]}, 0)[TRAINING_STEP]


def values(value: Any) -> Any:
    assert isinstance(value, ArrayValue)
    return value.array


def test_a_step_goes_downhill_and_is_put_back() -> None:
    one = built(Scale)
    before = read_all(walk(one.layer).variables)
    step = stepped(one).step
    assert step is not None
    assert list(step.gradients) == ["kernel"]
    assert values(step.inputs[0]).shape == (2, 3)
    expected = before["kernel"] - 0.1 * values(step.gradients["kernel"])
    assert np.allclose(values(step.weights["kernel"]), expected)
    assert np.array_equal(read_all(walk(one.layer).variables)["kernel"], before["kernel"])


def test_two_copies_step_alike() -> None:
    first, second = (stepped(built(Scale, rate=0.5, seed=seed)).step for seed in (0, 1))
    assert compare_steps(first, second) == ()


def test_losses_of_the_layer_take_part() -> None:
    with_loss, without = stepped(built(Scale, weight_loss=0.5)).step, stepped(built(Scale)).step
    paths = [difference.path for difference in compare_steps(without, with_loss)]
    assert paths == ["loss", "gradient of kernel", "updated kernel"]


def test_constraints_take_part() -> None:
    free, bound = (
        stepped(built(keras.layers.Dense, units=2, kernel_initializer="ones", kernel_constraint=constraint))
        for constraint in (None, "unit_norm")
    )
    paths = [difference.path for difference in compare_steps(free.step, bound.step)]
    assert paths == ["updated kernel"]


def test_a_frozen_weight_has_no_gradient() -> None:
    one = built(keras.layers.Dense, units=2)
    one.layer.trainable = False
    step = stepped(one).step
    assert step is not None
    assert (step.gradients, len(step.inputs)) == ({}, 1)


def test_updates_of_other_variables_are_seen_and_put_back() -> None:
    one = built(Counts)
    step = stepped(one).step
    assert step is not None
    assert values(step.weights["steps"]) == 1
    assert one.layer.steps.numpy() == 0


def test_gradients_of_a_table_are_dense() -> None:
    one = built(keras.layers.Embedding, Leaf(shape=(2, 4), dtype="int32"), input_dim=9, output_dim=2)
    step = stepped(one).step
    assert step is not None
    assert values(step.gradients["embeddings"]).shape == (9, 2)
    assert step.inputs == ()


def test_half_precision_trains_too() -> None:
    step = stepped(built(Scale, dtype="mixed_bfloat16")).step
    assert step is not None
    assert np.isfinite(step.loss)


class Rounds(keras.layers.Layer):
    def call(self, inputs: Any) -> Any:
        return tf.cast(inputs, tf.int32)


@pytest.mark.parametrize(
    ("cls", "reason"),
    [(NumpyOnly, "no gradient reaches a weight or an input"), (Rounds, "the outputs are no floats")],
)
def test_what_has_no_gradient_says_so(cls: type, reason: str) -> None:
    error = stepped(built(cls)).error
    assert error is not None
    assert reason in error.message


def test_masks_that_inputs_carry_are_minded() -> None:
    masked = stepped(built(Masks, Leaf(shape=(2, 4, 3), mask=Leaf(shape=(2, 4), dtype="bool"))))
    assert masked.step is not None
    gradient = values(masked.step.inputs[0])
    assert (gradient == 0).all(axis=-1).any()
    assert (gradient != 0).any()
