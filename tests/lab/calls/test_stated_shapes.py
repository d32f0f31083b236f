"""What layers say of the shapes of their outputs."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.calls.stated_shapes import read_stated_shapes
from maskcheck.model.case import Case, Leaf
from maskcheck.model.value import ABSENT, DictValue, ListValue, ObjectValue, Value
from tests.lab.layers import Scale

INPUT = Leaf(shape=(2, 3))


def shape(*sizes: int | None) -> ObjectValue:
    return ObjectValue("shape", ListValue("tuple", sizes))


class Says(keras.layers.Layer):
    """Says what it is told to say."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer

    def call(self, inputs: Any) -> Any:
        return inputs

    def compute_output_shape(self, input_shape: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if self.answer != "input" else input_shape


def stated(layer: Any, *args: Any) -> Value:
    return read_stated_shapes(layer, call_inputs(Case("plain", args=args or (INPUT,)), 0))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("input", shape(None, 3)),
        ((None, 4), shape(None, 4)),
        ([2, 4], shape(2, 4)),
        ([(2, 3), (2,)], ListValue("list", (shape(2, 3), shape(2)))),
        ({"a": (2, 3)}, DictValue("dict", (("a", shape(2, 3)),))),
        (ValueError("no"), "raises ValueError"),
    ],
)
def test_what_the_method_gives(answer: Any, expected: Value) -> None:
    assert stated(Says(answer)) == expected


def test_several_inputs_are_named_after_the_arguments_of_call() -> None:
    class Joins(keras.layers.Layer):
        def call(self, left: Any, right: Any) -> Any:
            return keras.ops.concatenate([left, right], axis=-1)

        def compute_output_shape(self, left_shape: Any, right_shape: Any) -> Any:
            return (left_shape[0], left_shape[1] + right_shape[1])

    assert stated(Joins(), INPUT, Leaf(shape=(2, 4))) == shape(None, 7)


def test_a_method_that_needs_the_size_of_a_batch_is_given_one() -> None:
    class Folds(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            return keras.ops.reshape(inputs, (-1, 1))

        def compute_output_shape(self, input_shape: Any) -> Any:
            return (input_shape[0] * input_shape[1], 1)

    assert stated(Folds()) == shape(6, 1)


def test_what_is_left_to_keras_is_not_stated() -> None:
    assert stated(Scale()) is ABSENT


def test_the_method_of_a_parent_counts() -> None:
    class Wide(keras.layers.Dense):
        pass

    layer = Wide(4)
    layer.build((2, 3))
    assert stated(layer) == shape(None, 4)
