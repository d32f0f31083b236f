from __future__ import annotations

import pytest

from maskcheck.fixes.changes.class_body import AddMethod
from tests.fixes.changing import apply

TYPED = "from typing import Any\n\n\nclass A:\n    def call(self, x: Any) -> Any:\n        return x\n"


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("def build(self, input_shape): ...", "def build(self, input_shape: Any) -> None: ..."),
        ("def f(self, a=None, **kwargs): ...", "def f(self, a: Any = None, **kwargs: Any) -> Any: ..."),
        ("def get_config(self): ...", "def get_config(self) -> dict[str, Any]: ..."),
        ("def f(cls, config): ...", "def f(cls, config: dict[str, Any]) -> Any: ..."),
        ("def f(self, x: int) -> int: ...", "def f(self, x: int) -> int: ..."),
        ("def f(self, x=lambda y: y): ...", "def f(self, x: Any = lambda y: y) -> Any: ..."),
    ],
)
def test_method_has_types_where_the_others_have(code: str, head: str) -> None:
    assert f"    {head}\n" in apply(AddMethod("A", code), TYPED)


@pytest.mark.parametrize("text", [TYPED.replace(" -> Any", ""), TYPED.replace("Any\n", "Any as Every\n")])
def test_method_has_none_where_others_have_none(text: str) -> None:
    assert "    def build(self, input_shape): ...\n" in apply(
        AddMethod("A", "def build(self, input_shape): ..."), text
    )
