from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.weights.hold_part import HoldArgument, HoldPart
from maskcheck.fixes.changes.weights.list_of_set import MakeList
from tests.fixes.changing import apply

INIT = "class A:\n    def __init__(self):\n        {}\n"


def test_part_is_held_below_the_line_that_makes_it() -> None:
    before = "self.box = Box()  # plain\n        self.box.scale = v()"
    after = f"{before}\n        self._box_scale = self.box.scale"
    assert apply(HoldPart("A", "box.scale", "_box_scale"), INIT.format(before)) == INIT.format(after)


def test_part_is_held_below_the_line_that_makes_its_holder() -> None:
    before = "self.box = Box(dense())"
    after = f"{before}\n        self._box_content = self.box.content"
    assert apply(HoldPart("A", "box.content", "_box_content"), INIT.format(before)) == INIT.format(after)


def test_argument_is_held_above() -> None:
    before = "# twice\n        self.twice = twice( Dense(8), 2 )  # so"
    after = "# twice\n        self._block = Dense(8)\n        self.twice = twice( self._block, 2 )  # so"
    assert apply(HoldArgument("A", "twice", "_block"), INIT.format(before)) == INIT.format(after)


def test_one_of_several_arguments_is_not_guessed() -> None:
    with pytest.raises(CannotChange):
        apply(HoldArgument("A", "twice", "_block"), INIT.format("self.twice = f(g(), h())"))


def test_line_behind_a_colon_has_nothing_below() -> None:
    with pytest.raises(CannotChange):
        apply(HoldPart("A", "box.x", "_x"), "class A:\n    def f(self): self.box = Box()\n")


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("{dense(), dense()}", "[dense(), dense()]"),
        ("{dense() for _ in range(3)}", "[dense() for _ in range(3)]"),
        ("set()", "[]"),
        ("set(parts)", "list(parts)"),
    ],
)
def test_set_becomes_a_list(value: str, becomes: str) -> None:
    text = f"self.parts = {value}\n        self.parts.add(1)"
    changed = f"self.parts = {becomes}\n        self.parts.append(1)"
    assert apply(MakeList("A", "parts"), INIT.format(text)) == INIT.format(changed)
