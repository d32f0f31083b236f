"""Cases that a spec gives in part, and what is tried to complete them."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.completion import is_partial, keeps
from maskcheck.model.case import Case


class Plain(keras.layers.Layer):
    def __init__(self, units: int, gain: float = 1.0) -> None:
        super().__init__()

    def call(self, inputs: Any, scale: Any = None) -> Any:
        return inputs


class Constant(keras.layers.Layer):
    def call(self) -> Any:
        return keras.ops.ones((2, 3))


@pytest.mark.parametrize(
    ("case", "partial"),
    [
        (Case("a", init={"units": 2}, args=(1,)), False),
        (Case("a", init={"units": 2}, call={"inputs": 1}), False),
        (Case("a", init={"units": 2}), True),
        (Case("a", init={"units": 2}, call={"scale": 1}), True),
        (Case("a", args=(1,)), True),
        (Case("a", init={"gain": 2}, args=(1,)), True),
    ],
)
def test_what_lacks_an_argument_is_partial(case: Case, partial: bool) -> None:
    assert is_partial(Plain, case) is partial


def test_a_call_without_inputs_lacks_none() -> None:
    assert not is_partial(Constant, Case("a"))


@pytest.mark.parametrize(
    ("attempt", "kept"),
    [
        (Attempt({"units": 2, "gain": 3}, (1,), {"scale": 4}), True),
        (Attempt({"units": 5}, (1,), {"scale": 4}), False),
        (Attempt({}, (1,), {"scale": 4}), False),
        (Attempt({"units": 2}, (), {"scale": 4}), False),
        (Attempt({"units": 2}, (1,), {}), False),
    ],
)
def test_an_attempt_keeps_what_is_given(attempt: Attempt, kept: bool) -> None:
    assert keeps(attempt, Case("a", init={"units": 2}, args=(1,), call={"scale": 4})) is kept
