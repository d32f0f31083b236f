from __future__ import annotations

from textwrap import dedent

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.config.described_by_hand import SerializeParts
from maskcheck.fixes.changes.config.keep_key import KeepConfigKey
from maskcheck.fixes.changes.config.other_keys import RemoveConfigKey, RenameConfigKey
from maskcheck.fixes.changes.config.super_config import StartFromSuper
from tests.fixes.changes.config.layers import change_body, change_config

REMOVE = RemoveConfigKey("Scale", "a")
RENAME = RenameConfigKey("Scale", "a", "gain")
KEEP = KeepConfigKey("Scale", "a")
START = StartFromSuper("Scale")


def around(line: str) -> str:
    """Return a ``get_config`` with a line in it."""
    return f"c = super().get_config()\n{line}return c"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('return {**super().get_config(), "a": 1}', "return super().get_config()"),
        ('return {**super().get_config(), "a": 1, "b": 2}', 'return {**super().get_config(), "b": 2}'),
        ('return {"b": 2, "a": 1}', 'return {"b": 2}'),
        ('return {"b": 2, "a": 1,}', 'return {"b": 2,}'),
        ("return dict(super().get_config(), a=1)", "return dict(super().get_config())"),
        (around('c["a"] = 1\n'), around("")),
        (around('c.update({"a": 1})\n'), around("")),
        (around("c.update(a=1)\n"), around("")),
        (around("c.update(a=1, b=2)\n"), around("c.update(b=2)\n")),
        (around('if b:\n    c["a"] = 1\n'), around("if b:\n    pass\n")),
        ('return {\n    "b": 2,  # b\n    "a": 1,  # a\n}', 'return {\n    "b": 2,  # b\n}'),
        ('return {\n    "b": 2,  # b\n    "a": 1  # a\n}', 'return {\n    "b": 2  # b\n}'),
        ('return {\n    "a": 1,  # a\n    "b": 2,  # b\n}', 'return {\n    "b": 2,  # b\n}'),
        ('return {"b": {"a": 1}}', 'return {"b": {"a": 1}}'),
    ],
)
def test_key_is_removed(before: str, after: str) -> None:
    assert change_config(REMOVE, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return {'a': 1, 'b': 'a'}", "return {'gain': 1, 'b': 'a'}"),
        ("return dict(a=a)", "return dict(gain=a)"),
        (around('c["a"] = 1\n'), around('c["gain"] = 1\n')),
        (around('c.update({"b": 2, "a": 1})\n'), around('c.update({"b": 2, "gain": 1})\n')),
    ],
)
def test_key_is_renamed(before: str, after: str) -> None:
    assert change_config(RENAME, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (around('c.pop("a")\n'), around("")),
        (around('c.pop("a", None)  # gone\n'), around("")),
        (around('del c["a"]\n'), around("")),
        (around('del c["b"], c["a"]\n'), around('del c["b"]\n')),
        (around('del c["b"], c["a"], c["d"]\n'), around('del c["b"], c["d"]\n')),
        (around('x = c.pop("a")\n'), around('x = c["a"]\n')),
        (around('x = c.pop("a", 1)\n'), around('x = c.get("a", 1)\n')),
        (around('for k in ("a", "b"):\n    c.pop(k)\n'), around('for k in ("b",):\n    c.pop(k)\n')),
        (around('for k in ["a"]:\n    c.pop(k, None)\n'), around("")),
        (around('c.pop("b")\n'), around('c.pop("b")\n')),
        (
            'return {k: v for k, v in super().get_config().items() if k != "a"}',
            "return super().get_config()",
        ),
        ('return {k: v for k, v in c.items() if k not in ["a"]}', "return dict(c)"),
        (
            'return {k: v for k, v in c.items() if k not in ("a", "b") and v}',
            'return {k: v for k, v in c.items() if k not in ("b",) and v}',
        ),
        ('return {k: f(v) for k, v in c.items() if k != "a"}', "return {k: f(v) for k, v in c.items()}"),
    ],
)
def test_key_is_kept(before: str, after: str) -> None:
    assert change_config(KEEP, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('return {"a": 1}', 'return {**super().get_config(), "a": 1}'),
        ("return {}", "return super().get_config()"),
        ("return dict(a=1)", "return dict(super().get_config(), a=1)"),
        ("return write(self)", "return {**super().get_config(), **write(self)}"),
        ('return {\n    "a": 1,\n}', 'return {\n    **super().get_config(),\n    "a": 1,\n}'),
        (
            'return {"a": 1,\n        "b": 2}',
            'return {**super().get_config(),\n        "a": 1,\n        "b": 2}',
        ),
        ('c = {}\nc["a"] = 1\nreturn c', 'c = super().get_config()\nc["a"] = 1\nreturn c'),
        (
            "c: dict = {'a': 1}  # own\nreturn c",
            "c: dict = {**super().get_config(), 'a': 1}  # own\nreturn c",
        ),
        ("return {**super().get_config()}", "return {**super().get_config()}"),
    ],
)
def test_config_starts_from_that_of_the_base_class(before: str, after: str) -> None:
    assert change_config(START, before) == after


def test_long_config_is_spread() -> None:
    names = ("the_first_argument", "the_second_argument")
    entries = [f'"{name}": self.{name}' for name in names]
    after = "\n".join(["return {", *(f"    {each}," for each in ["**super().get_config()", *entries]), "}"])
    assert change_config(START, f"return {{{', '.join(entries)}}}") == after


@pytest.mark.parametrize(
    "code", ["if a:\n    return {}\nreturn {'b': 1}", "return", "return self.config or c\nreturn 1"]
)
def test_config_that_comes_from_several_places_is_left(code: str) -> None:
    with pytest.raises(CannotChange, match="get_config"):
        change_config(START, code)


def test_what_is_not_assigned_is_left() -> None:
    with pytest.raises(CannotChange, match="from elsewhere"):
        change_config(START, "return c")


def test_keras_describes_what_was_described_by_hand() -> None:
    before = """
        parts = [{"class_name": type(p).__name__, "config": p.get_config()} for p in self.parts]
        return {"parts": parts, "own": {"config": p.get_config()}}
    """
    after = """
        parts = [keras.saving.serialize_keras_object(p) for p in self.parts]
        return {"parts": parts, "own": {"config": p.get_config()}}
    """
    change = SerializeParts("Scale", "keras.saving.serialize_keras_object")
    assert change_config(change, before) == dedent(after).strip()


@pytest.mark.parametrize("change", [REMOVE, RENAME, KEEP, START])
def test_class_without_the_method_is_left(change: RemoveConfigKey) -> None:
    with pytest.raises(CannotChange, match="has no get_config"):
        change_body(change, "pass")
