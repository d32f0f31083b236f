"""Which calls are made of a layer, and that making them leaves it as it was."""

from __future__ import annotations

from typing import Any, NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.compare.values import compare
from maskcheck.lab.calls.build import build
from maskcheck.lab.calls.call import call_all, call_once, finite
from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.variables import read_all
from maskcheck.model.case import Case, Leaf
from maskcheck.model.snapshot import CallResult
from maskcheck.model.value import ArrayValue, DictValue, ListValue
from tests.lab.layers import Counts, Masks, Scale

INPUT = Leaf(shape=(2, 4, 3))
MASKED = Leaf(shape=(2, 4, 3), mask=Leaf(shape=(2, 4), dtype="bool"))


def made(cls: type, *args: Leaf, call: dict[str, Any] | None = None, seed: int = 0, **init: Any) -> Any:
    return build(cls, Case("plain", init=init, args=args or (INPUT,), call=call or {}), seed, data_seed=0)


def wanted(built: Any) -> dict[str, Any]:
    return choose_modes(built.layer, built.inputs, 0)


def called(built: Any) -> dict[str, CallResult]:
    return call_all(built.layer, walk(built.layer), wanted(built), 0)


class Plain(keras.layers.Layer):
    def call(self, inputs: Any) -> Any:
        return inputs


@pytest.mark.parametrize(
    ("cls", "leaf", "call", "expected"),
    [
        (Plain, INPUT, {}, {"inference": {}}),
        (Plain, MASKED, {}, {"inference": {}, "unmasked": {}}),
        (Scale, INPUT, {}, {"inference": {"training": False}, "training": {"training": True}}),
        (Scale, INPUT, {"training": True}, {"inference": {"training": True}}),
        (Masks, INPUT, {}, {"inference": {}, "masked": {}}),
        (Masks, Leaf(shape=(4,)), {}, {"inference": {}}),
        (Masks, MASKED, {}, {"inference": {}, "unmasked": {}}),
        (Masks, INPUT, {"mask": None}, {"inference": {"mask": None}, "masked": {"mask": None}}),
    ],
)
def test_modes(cls: type, leaf: Leaf, call: dict[str, Any], expected: dict[str, Any]) -> None:
    inputs = call_inputs(Case("plain", args=(leaf,), call=call), 0)
    found = choose_modes(cls(), inputs, 0)
    assert {mode: dict(inputs.kwargs) for mode, inputs in found.items()} == expected


def test_the_mask_argument_is_left_out_once() -> None:
    built = made(Masks, call={"mask": Leaf(shape=(2, 4), dtype="bool")})
    found = wanted(built)
    assert list(found) == ["inference", "unmasked", "masked"]
    assert ["mask" in inputs.kwargs for inputs in found.values()] == [True, False, False]
    assert [inputs.has_masks() for inputs in found.values()] == [False, False, True]


def test_training_calls_leave_no_trace_in_the_weights() -> None:
    built = made(Counts, Leaf(shape=(2, 3)))
    before = read_all(walk(built.layer).variables)
    results = called(built)
    after = read_all(walk(built.layer).variables)
    assert all(np.array_equal(before[path], after[path]) for path in before)
    assert list(before) == ["steps", "mean"]
    assert not compare(results["inference"].outputs, called(built)["inference"].outputs)
    assert compare(results["inference"].outputs, results["training"].outputs)


def test_every_mode_starts_from_the_same_state() -> None:
    class Trains(Counts):
        def call(self, inputs: Any, training: bool = False) -> Any:
            return super().call(inputs, training=True)

    results = called(made(Trains, Leaf(shape=(2, 3))))
    assert not compare(results["inference"].outputs, results["training"].outputs)


def test_unseeded_dropout_draws_alike_in_two_instances() -> None:
    one, other = made(Scale, rate=0.5, seed=0), made(Scale, rate=0.5, seed=1)
    first, second = called(one), called(other)
    assert not compare(first["training"].outputs, second["training"].outputs)
    assert compare(first["training"].outputs, first["inference"].outputs)


def test_seed_generators_of_one_layer_draw_apart() -> None:
    class Two(keras.layers.Layer):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.one, self.other = keras.layers.Dropout(0.5), keras.layers.Dropout(0.5)

        def call(self, inputs: Any) -> Any:
            ones = tf.ones_like(inputs)
            return self.one(ones, training=True) - self.other(ones, training=True)

    outputs: Any = called(made(Two))["inference"].outputs
    assert outputs.array.any()


def test_positions_of_seed_generators_are_put_back() -> None:
    layer = made(Scale, rate=0.5).layer
    before = layer.dropout.seed_generator.state.numpy()
    call_all(layer, walk(layer), {}, 0)
    assert np.array_equal(layer.dropout.seed_generator.state.numpy(), before)


def test_losses_are_those_of_one_call() -> None:
    built = made(Scale, weight_loss=0.5)
    for _ in range(2):
        results = called(built)
        assert [result.losses for result in results.values()] == [(1.5,), (1.5,)]
    assert called(made(Scale))["inference"].losses == ()


def test_losses_that_are_not_scalars_are_summed() -> None:
    class Loss(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            self.add_loss(tf.ones((2, 3)))
            return inputs

    assert called(made(Loss))["inference"].losses == (6.0,)


def test_masks_are_what_the_outputs_carry_and_what_compute_mask_says() -> None:
    results = called(made(Masks, Leaf(values=[[[1.0], [0.0]]])))
    masks: Any = results["inference"].masks
    assert [(key, value.array.tolist()) for key, value in masks.items] == [
        ("carried", [[True, False]]),
        ("computed", [[True, False]]),
    ]
    masks = called(made(Masks, MASKED))
    assert compare(masks["inference"].masks, masks["unmasked"].masks)


def test_no_masks() -> None:
    assert called(made(Plain))["inference"].masks == DictValue("masks", (("carried", None),))


def test_a_compute_mask_that_raises_where_keras_does_not_ask_for_it() -> None:
    class Raises(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            outputs = tf.identity(inputs)
            outputs._keras_mask = tf.ones((2, 4), tf.bool)
            return outputs

        def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
            raise ValueError("no mask")

    result = called(made(Raises))["inference"]
    assert result.error is None
    masks: Any = result.masks
    assert masks.items[0][1].array.all()
    assert masks.items[1] == ("computed", "raises ValueError")


class Point(NamedTuple):
    x: Any
    y: Any


@pytest.mark.parametrize(
    ("give", "kind"),
    [
        (lambda x: [x, x], "list"),
        (lambda x: (x, (x, x)), "tuple"),
        (lambda x: {"a": x}, "dict"),
        (lambda x: Point(x, x), "Point"),
    ],
)
def test_outputs_of_any_structure(give: Any, kind: str) -> None:
    class Gives(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            return give(inputs)

    result = called(made(Gives))["inference"]
    assert result.error is None
    assert isinstance(result.outputs, (ListValue, DictValue))
    assert result.outputs.kind == kind


@pytest.mark.parametrize("error", [ValueError("broken"), SystemExit(3), KeyboardInterrupt()])
def test_an_exception_is_a_result(error: BaseException) -> None:
    armed: list[BaseException] = []

    class Raises(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            for each in armed:
                raise each
            return inputs

    built = made(Raises)
    armed.append(error)
    result = call_once(built.layer, built.inputs, 0)
    assert result.error is not None
    assert (result.error.type, result.outputs) == (type(error).__name__, None)
    assert not finite(result)


@pytest.mark.parametrize(
    ("values", "expected"), [([1.0, 2.0], True), ([1.0, np.nan], False), ([np.inf], False), ([1, 2], True)]
)
def test_finite(values: list[float], expected: bool) -> None:
    array = ArrayValue("tensor", "any", np.array(values))
    nested = DictValue("dict", (("a", ListValue("list", ("text", array))),))
    assert finite(CallResult(array)) is expected
    assert finite(CallResult(nested)) is expected
