"""Which constructor arguments are tried next after an error."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.lab.infer.attempt import Attempt, AttemptResult, AttemptRunner
from maskcheck.lab.infer.correct.corrections import Corrections
from maskcheck.lab.infer.correct.error_arguments import find_suspects
from maskcheck.lab.infer.guess.arguments import Arguments
from maskcheck.lab.infer.guess.names import MARK
from maskcheck.lab.infer.messages import read_message
from maskcheck.model.case import ImportTag

MODES = ["sum", "mean"]


class Picky(keras.layers.Layer):
    def __init__(self, size, mode, parts=None, **kwargs):
        needed = kwargs.pop("needed")
        super().__init__(**kwargs)
        self.size = size
        self.mode, self.needed = mode, needed
        first, second = parts
        self.total = first + second
        if size % 2 == 0:
            raise ValueError("the size should be odd")
        if self.mode.lower() not in MODES:
            raise ValueError(f"Unknown mode. Supported: {MODES}")

    def call(self, x):
        return x.no_such_thing * self.size


def failed(**init: Any) -> AttemptResult:
    """Return the outcome of constructing Picky, which must fail."""
    outcome = AttemptRunner(Picky, 0).construct(Attempt(init))
    assert outcome.error is not None
    return outcome


def next_values(outcome: AttemptResult, name: str) -> list[Any]:
    """Return the values of one argument that are tried next, the likeliest first."""
    found = sorted(Corrections(Arguments(Picky)).after(outcome), key=lambda attempt: attempt.cost)
    tried = [
        attempt.init[name] for attempt in found if attempt.init.get(name) != outcome.attempt.init.get(name)
    ]
    assert all(attempt.cost > 0 and attempt.steps == 1 for attempt in found)
    return tried


GOOD: dict[str, Any] = {"size": 3, "mode": "sum", "parts": [1, 2], "needed": 1}


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"size": 4}, "size", 3),
        ({"mode": "x"}, "mode", "sum"),
        ({"mode": 2}, "mode", "sum"),
        ({"parts": 2}, "parts", [2, 2]),
        ({"parts": [1, 2, 3]}, "parts", [2, 2]),
        ({"surplus": 1}, "surplus", None),
    ],
)
def test_the_next_value_is_what_the_message_asks_for(change: dict[str, Any], name: str, value: Any) -> None:
    outcome = failed(**{**GOOD, **change})
    found = sorted(Corrections(Arguments(Picky)).after(outcome), key=lambda attempt: attempt.cost)
    assert found[0].init.get(name) == value


def test_a_missing_argument_is_added() -> None:
    assert next_values(failed(size=3, needed=1), "mode")[0] == "sum"


def test_a_missing_keyword_is_added() -> None:
    assert next_values(failed(size=3, mode="sum", parts=[1, 2]), "needed")[0] is not None


def test_an_optional_argument_that_is_none_is_given() -> None:
    assert next_values(failed(size=3, mode="sum", needed=1), "parts")[0] == [2, 2]


def test_nothing_follows_from_no_error() -> None:
    assert list(Corrections(Arguments(Picky)).after(AttemptResult(Picky, Attempt(GOOD)))) == []


@pytest.mark.parametrize(
    ("change", "names"),
    [({"size": 4}, ["size"]), ({"mode": 2}, ["mode"]), ({"parts": None}, ["parts"])],
)
def test_who_is_to_blame(change: dict[str, Any], names: list[str]) -> None:
    outcome = failed(**{**GOOD, **change})
    assert outcome.error
    known = ("size", "mode", "parts", "name")
    assert find_suspects(outcome.error, outcome.message, Picky, known, outcome.attempt.init) == names


def test_of_two_the_one_of_the_type_that_is_complained_of() -> None:
    message = read_message(TypeError("'list' object cannot do this to size and mode"))
    assert find_suspects(TypeError(), message, Picky, ("size", "mode"), {"size": 2, "mode": [2]}) == [
        "mode",
        "size",
    ]
    function = ImportTag("keras.activations.tanh", MARK)
    message = read_message(TypeError("'function' object cannot do this to size and mode"))
    given = {"size": 2, "mode": function}
    assert find_suspects(TypeError(), message, Picky, ("size", "mode"), given) == ["mode", "size"]
