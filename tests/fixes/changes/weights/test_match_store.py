from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.weights.match_store import MatchStore
from tests.fixes.changing import apply

LOAD = "class A:\n    def load_own_variables(self, store):\n{}"
BOTH = (("scale", "scale"), ("shift", "shift"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "        self.scale.assign(np.array(store['scale']))  # first\n",
            "        self.scale.assign(np.array(store['scale']))  # first\n"
            "        self.shift.assign(np.array(store['shift']))\n",
        ),
        (
            '        self.scale.assign(store["1"])\n        self.shift.assign(store["0"])\n',
            '        self.scale.assign(store["scale"])\n        self.shift.assign(store["shift"])\n',
        ),
        (
            '        self.scale.assign(store["scale"])\n        if x: self.shift.assign(store["x"])\n',
            '        self.scale.assign(store["scale"])\n        if x: self.shift.assign(store["shift"])\n',
        ),
    ],
    ids=["lacks", "other keys", "inside an if"],
)
def test_keys_are_those_that_are_saved(before: str, after: str) -> None:
    assert apply(MatchStore("A", "load_own_variables", BOTH), LOAD.format(before)) == LOAD.format(after)


def test_saving_gets_a_line_like_the_others() -> None:
    text = 'class A:\n  def save_own_variables(self, s):\n    s["a"] = self.scale.numpy()\n'
    changed = apply(MatchStore("A", "save_own_variables", (("scale", "a"), ("shift", "b"))), text)
    assert changed == f'{text}    s["b"] = self.shift.numpy()\n'


def test_nothing_to_go_by_cannot_change() -> None:
    with pytest.raises(CannotChange):
        apply(MatchStore("A", "load_own_variables", BOTH), LOAD.format("        pass\n"))
