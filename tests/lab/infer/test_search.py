"""The order in which attempts are made, and the forms that inputs are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import keras
import pytest

from maskcheck.lab.infer.attempt import Attempt, AttemptResult
from maskcheck.lab.infer.correct.resizing import propose_more_data
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.lab.infer.guess.structures import input_structures, vary_one_by_one
from maskcheck.lab.infer.quality import BEST, ONCE, WEAK
from maskcheck.lab.infer.search import Clock, search
from maskcheck.model.case import Leaf
from maskcheck.source.inputs.inputs import InputUsage

FREE = Leaf(shape=(2, 5, 8))
IDS = Leaf(shape=(2, 5), dtype="int32", low=0, high=4)


def attempt(n: int, cost: float) -> Attempt:
    return Attempt({"n": n}, cost=cost)


def tried(
    *starts: Attempt, follow: Mapping[int, Iterable[Attempt]] | None = None, **limits: Any
) -> list[int]:
    """Return the value of each attempt in the order of the search; all of them fail."""

    def run(one: Attempt) -> AttemptResult:
        return AttemptResult(keras.Layer, one, error=ValueError())

    def correct(outcome: AttemptResult) -> Iterable[Attempt]:
        return (follow or {}).get(int(outcome.attempt.init["n"]), ())

    limits = {"budget": 10, "clock": Clock(1000, 1000), **limits}
    return [int(one.attempt.init["n"]) for one in search(starts, run, correct, **limits)]


def test_the_cheapest_is_next_and_of_equals_the_first() -> None:
    assert tried(attempt(1, 2.0), attempt(2, 1.0), attempt(3, 1.0)) == [2, 3, 1]


def test_corrections_take_their_place_in_the_queue() -> None:
    follow = {1: [attempt(3, 0.5), attempt(4, 1.5)]}
    assert tried(attempt(1, 0.0), attempt(2, 1.0), follow=follow) == [1, 3, 2, 4]


def test_nothing_is_tried_twice() -> None:
    follow = {1: [attempt(1, 0.1), attempt(2, 0.2)], 2: [attempt(1, 0.0), attempt(3, 5.0)]}
    assert tried(attempt(1, 0.0), attempt(2, 1.0), attempt(3, 4.0), follow=follow) == [1, 2, 3]


def test_it_ends_with_its_budget_and_its_time() -> None:
    many = [attempt(n, n) for n in range(5)]
    assert tried(*many, budget=2) == [0, 1]
    assert tried(*many, clock=Clock(0, 1000)) == [0, 1, 2]
    assert tried(*many, clock=Clock(1000, 0)) == []


def test_one_by_one_changes_one_part_at_a_time() -> None:
    parts = [[(0.0, "a"), (0.5, "b")], [(0.0, "x"), (0.0, "y"), (1.0, "z")]]
    assert vary_one_by_one(parts) == [
        (0.0, ["a", "x"]),
        (0.5, ["b", "x"]),
        (0.1, ["a", "y"]),
        (1.0, ["a", "z"]),
    ]


def likeliest(name: str, **usage: InputUsage) -> Any:
    signature = Signature((name,), frozenset(), (), usage, ())
    return min(input_structures(name, signature, FREE), key=lambda weighed: weighed[0])[1]


@pytest.mark.parametrize(
    ("name", "usage", "expected"),
    [
        ("x", {}, FREE),
        ("x", {"x": InputUsage(length=3)}, [FREE] * 3),
        ("x", {"x": InputUsage(length=2, names=("features", "token_ids"))}, [FREE, IDS]),
        ("x", {"x": InputUsage(length=2, checked=True)}, FREE),
        ("x", {"x": InputUsage(keys=("left", "right"))}, {"left": FREE, "right": FREE}),
        ("x", {"x": InputUsage(keys=("k",)), "k": InputUsage(keys=("j",))}, {"k": {"j": FREE}}),
        (
            "x",
            {"x": InputUsage(keys=("k",)), "k": InputUsage(ranks=(4,))},
            {"k": Leaf(shape=(2, 8, 8, 3))},
        ),
        ("x", {"x": InputUsage(keys=("k",)), "k": InputUsage(layers=("Embedding",))}, {"k": IDS}),
        ("token_ids", {}, IDS),
        ("tokens", {"tokens": InputUsage(layers=("Dense",))}, FREE),
        ("lengths", {"lengths": InputUsage(ranks=(2,))}, Leaf(shape=(2, 1), dtype="int32", low=1, high=6)),
        ("states", {"states": InputUsage(length=2)}, [Leaf(shape=(2, 8))] * 2),
    ],
)
def test_the_likeliest_form(name: str, usage: dict[str, InputUsage], expected: Any) -> None:
    assert likeliest(name, **usage) == expected


@pytest.mark.parametrize(("level", "more"), [(BEST, False), (ONCE, False), (WEAK, True)])
def test_only_a_call_that_shows_nothing_asks_for_more_data(level: int, more: bool) -> None:
    outcome = AttemptResult(keras.Layer, Attempt(args=(FREE,)), level=level)
    shapes = [one.args[0].shape for one in propose_more_data(outcome)]
    assert bool(shapes) is more
    assert all(shape != FREE.shape for shape in shapes)
