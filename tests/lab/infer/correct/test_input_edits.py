"""Changes to the leaves of an attempt, and what an error of call suggests of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.correct.input_edits import change_leaves, list_leaves, with_axis, with_size
from maskcheck.lab.infer.correct.reshaping import propose_inputs
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.lab.infer.messages import read_message
from maskcheck.model.case import Leaf

A, B = Leaf(shape=(2, 5, 8)), Leaf(shape=(2, 5), dtype="int32", low=0, high=4)
PLAIN = Signature(("x",), frozenset(), ("mask", "training"), {}, ())


def test_leaves_are_those_of_args_and_call() -> None:
    attempt = Attempt(args=(A, [B, {"k": (A,)}]), call={"mask": B, "training": False})
    assert list_leaves(attempt) == [A, B, A, B]


def test_changed_keeps_the_form() -> None:
    attempt = Attempt(args=([A, (B,)], {"k": A}), call={"training": False}, cost=1.0)
    result = change_leaves(attempt, lambda leaf: replace(leaf, dtype="bool"), 0.5)
    other, ids = replace(A, dtype="bool"), replace(B, dtype="bool")
    assert result.args == ([other, (ids,)], {"k": other})
    assert (result.call, result.cost, result.steps) == ({"training": False}, 1.5, 1)
    assert attempt.args == ([A, (B,)], {"k": A})


def test_sizes() -> None:
    assert with_size(Leaf(shape=(2, 2, 8)), 2, 3).shape == (2, 3, 8)
    assert with_axis(A, -1, 3).shape == (2, 5, 3)
    assert with_axis(A, 1, 3).shape == (2, 3, 8)
    assert with_axis(A, 3, 3).shape == with_axis(A, -4, 3).shape == A.shape


def suggested(text: str, *args: Any, error: Exception | None = None, **init: Any) -> list[tuple[Any, ...]]:
    """Return the arguments that a message suggests instead of ``args``, the likeliest first."""
    found = propose_inputs(read_message(error or ValueError(text)), Attempt(init, args), PLAIN)
    return [attempt.args for attempt in sorted(found, key=lambda attempt: attempt.cost)]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("expected ndim=4, found ndim=3", (2, 8, 8, 3)),
        ("the input must be of rank 2", (2, 8)),
        ("Expected input 0 to have rank 2 but got: 3", (2, 8)),
        ("segment_ids should be a vector", (2,)),
        ("takes a 4D tensor", (2, 8, 8, 3)),
        ("not enough values to unpack (expected 4, got 3)", (2, 8, 8, 3)),
        ("expected axis -1 of input shape to have value 3", (2, 5, 3)),
        ("Dimensions must be equal, but are 8 and 3 for 'MatMul'", (2, 5, 3)),
        ("got 8 channels, wants 6", (2, 5, 6)),
    ],
)
def test_another_shape(text: str, shape: tuple[int, ...]) -> None:
    assert suggested(text, A)[0] == (Leaf(shape=shape),)


@pytest.mark.parametrize(
    ("text", "dtype"),
    [
        ("Value for attr 'T' of float is not in the list of allowed values: int32, int64", "int32"),
        ("was expected to be a int32 tensor but is a float tensor", "int32"),
        ("the dtype must be bool", "bool"),
        ("wants uint8, which is another type", "uint8"),
        ("cannot convert to string", "string"),
        (
            "Value for attr 'T' of float is not in the list of allowed values: complex64, complex128",
            "complex64",
        ),
    ],
)
def test_another_dtype(text: str, dtype: str) -> None:
    assert suggested(text, A)[0][0].dtype == dtype


def test_of_two_tensors_one_changes_first() -> None:
    first, *_, last = suggested("the dtype must be bool", A, A)
    assert [leaf.dtype for leaf in first] == [None, "bool"]
    assert [leaf.dtype for leaf in last] == ["bool", "bool"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("expects 3 inputs, got 1", 3),
        ("Expected 4 feature tensors, got 2", 4),
        ("must be called on a list of inputs", 2),
        ("not enough values to unpack (expected 3, got 2)", 3),
    ],
)
def test_a_list(text: str, count: int) -> None:
    assert ([A] * count,) in suggested(text, A)


def test_keys() -> None:
    assert suggested("'k'", A, error=KeyError("k"))[0] == ({"k": A},)
    assert suggested("'mask'", {"k": A}, error=KeyError("mask"))[0][0]["mask"].dtype == "bool"
    assert suggested("wants a dict with 'left' and 'right'", A)[0] == ({"left": A, "right": A},)


def test_indices_stay_in_bounds() -> None:
    text = "indices[0,0] = 7 is not in [0, 3)"
    assert suggested(text, B)[0] == (replace(B, high=3),)


def test_a_parameter_of_call_that_is_missing() -> None:
    found = list(propose_inputs(read_message(ValueError("the mask is None")), Attempt(args=(A,)), PLAIN))
    assert any(attempt.call.get("mask", A).dtype == "bool" for attempt in found)


def test_no_tensor_grows_beyond_reason() -> None:
    assert suggested("expected axis 1 of input shape to have value 9999999", A) == []


def test_what_says_nothing_suggests_nothing() -> None:
    assert suggested("no", A) == []
