from __future__ import annotations

import pytest

from maskcheck.fixes.changes.behaviour.call_through_base import CallThroughBase
from maskcheck.fixes.changes.behaviour.complete_return import CompleteReturn
from maskcheck.fixes.changes.change import CannotChange
from tests.fixes.changing import apply


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def call(self, x):\n        2 * x  # so\n", "def call(self, x):\n        return 2 * x  # so\n"),
        ("def call(self, x) -> None:\n        f(x)\n", "def call(self, x):\n        return f(x)\n"),
        (
            "def call(self, x):\n        y = f(x)  # y\n",
            "def call(self, x):\n        y = f(x)  # y\n        return y\n",
        ),
        ("def call(self, x): x += 1\n", "def call(self, x):\n        x += 1\n        return x\n"),
        ("async def call(self, x):\n        return x\n", "def call(self, x):\n        return x\n"),
        ("def call(self, x):\n        yield 2 * x\n", "def call(self, x):\n        return 2 * x\n"),
    ],
)
def test_what_is_computed_is_returned(before: str, after: str) -> None:
    assert apply(CompleteReturn("A"), f"class A:\n    {before}") == f"class A:\n    {after}"


@pytest.mark.parametrize("last", ["'''T.'''", "if x: y = 1", "x.y = 1", "pass"])
def test_statement_without_a_value_cannot_be_returned(last: str) -> None:
    with pytest.raises(CannotChange):
        apply(CompleteReturn("A"), f"class A:\n    def call(self, x):\n        {last}\n")


def test_layer_is_called_through_keras() -> None:
    text = (
        "class A:\n    def __call__(self, x):\n        return self.call( x )\n\n"
        "    def f(self):\n        self.call(1)\n"
    )
    assert apply(CallThroughBase("A"), text) == text.replace("self.call( x", "super().__call__( x")
