from __future__ import annotations

from itertools import product
from textwrap import dedent

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from tests.fixes.changes.config.layers import change_body, change_config
from tests.fixes.changing import apply

GAIN = SetConfigEntry("Scale", "gain", "self.gain")

STYLES = {
    "return super().get_config()": 'return {**super().get_config(), "gain": self.gain}',
    'return {**super().get_config(), "a": 1}': 'return {**super().get_config(), "a": 1, "gain": self.gain}',
    "return {**super().get_config(), 'a': 1}": "return {**super().get_config(), 'a': 1, 'gain': self.gain}",
    "return {**super().get_config(), 'a': 1,}": "return {**super().get_config(), 'a': 1, 'gain': self.gain,}",
    "return dict(super().get_config())": "return dict(super().get_config(), gain=self.gain)",
    "return dict(super().get_config(), a=1)": "return dict(super().get_config(), a=1, gain=self.gain)",
    'return super().get_config() | {"a": 1}': 'return super().get_config() | {"a": 1, "gain": self.gain}',
    "return write(self)": 'return {**write(self), "gain": self.gain}',
    # What is there is replaced.
    'return {**super().get_config(), "gain": 1.0}': 'return {**super().get_config(), "gain": self.gain}',
    "return dict(super().get_config(), gain=1.0)": "return dict(super().get_config(), gain=self.gain)",
    # A dict inside is not the config.
    'return {"a": {"gain": 1}}': 'return {"a": {"gain": 1}, "gain": self.gain}',
}


@pytest.mark.parametrize(("before", "after"), STYLES.items())
def test_entry_stands_beside_the_last(before: str, after: str) -> None:
    assert change_config(GAIN, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'config.update({"gain": self.gain})\n'),
        ('config.update({"a": 1})\n', 'config.update({"a": 1, "gain": self.gain})\n'),
        ("config.update({'a': 1})\n", "config.update({'a': 1, 'gain': self.gain})\n"),
        ("config.update({})\n", 'config.update({"gain": self.gain})\n'),
        ("config.update(a=1)\n", "config.update(a=1, gain=self.gain)\n"),
        ("config.update(dict(a=1))\n", "config.update(dict(a=1, gain=self.gain))\n"),
        ("config.update(more)\n", 'config.update(more)\nconfig.update({"gain": self.gain})\n'),
        ('config["a"] = 1\n', 'config["a"] = 1\nconfig["gain"] = self.gain\n'),
        ('config["gain"] = 1  # why\n', 'config["gain"] = self.gain  # why\n'),
        ('if a:\n    config["a"] = 1\n', 'if a:\n    config["a"] = 1\nconfig.update({"gain": self.gain})\n'),
        ("# why\n", '# why\nconfig.update({"gain": self.gain})\n'),
    ],
)
def test_config_that_has_a_name_is_added_to(before: str, after: str) -> None:
    start, end = "config = super().get_config()\n", "return config"
    assert change_config(GAIN, start + before + end) == start + after + end


def test_lines_of_a_dict_stay_lines() -> None:
    before = """
        return {
            **super().get_config(),
            "a": self.a,  # the first
            # no more
        }
    """
    assert (
        change_config(GAIN, before)
        == dedent(
            """
        return {
            **super().get_config(),
            "a": self.a,  # the first
            # no more
            "gain": self.gain,
        }
        """
        ).strip()
    )


def test_dict_without_a_last_comma_gets_none() -> None:
    before = 'return {\n    "a": self.a  # the first\n}'
    assert change_config(GAIN, before) == 'return {\n    "a": self.a,  # the first\n    "gain": self.gain\n}'


def test_hanging_lines_hang() -> None:
    before = 'return {"a": self.a,\n        "b": self.b}'
    after = 'return {"a": self.a,\n        "b": self.b,\n        "gain": self.gain}'
    assert change_config(GAIN, before) == after


def test_each_returned_dict_gets_the_entry() -> None:
    before = 'if self.a:\n    return {"a": 1}\nreturn {"b": 2}'
    after = 'if self.a:\n    return {"a": 1, "gain": self.gain}\nreturn {"b": 2, "gain": self.gain}'
    assert change_config(GAIN, before) == after


def test_two_dicts_that_are_joined_at_the_end() -> None:
    before = """
        config = {"a": self.a}
        base = super().get_config()
        return dict(list(base.items()) + list(config.items()))
    """
    assert change_config(GAIN, before).startswith('config = {"a": self.a, "gain": self.gain}\n')


def test_keyword_that_is_no_name_is_spread() -> None:
    change = SetConfigEntry("Scale", "class", "self.kind")
    assert change_config(change, "return dict(a=1)") == 'return dict(a=1, **{"class": self.kind})'


def test_long_line_is_spread() -> None:
    name = "a_name_that_is_as_long_as_names_should_be"
    change = SetConfigEntry("Scale", name, f"self.{name}")
    assert change_config(change, "return super().get_config()") == (
        f'return {{\n    **super().get_config(),\n    "{name}": self.{name},\n}}'
    )
    named = "config = super().get_config()\nreturn config"
    assert (
        change_config(change, named)
        == dedent(
            f"""
        config = super().get_config()
        config.update(
            {{
                "{name}": self.{name},
            }}
        )
        return config
        """
        ).strip()
    )


def test_class_without_the_method_gets_one_of_all_keys() -> None:
    text = "class Scale(Layer):\n    def call(self, x):\n        return x\n\n\nx = 1\n"
    for name in ("gain", "bias"):
        text = apply(SetConfigEntry("Scale", name, f"self.{name}"), text)
    assert text == dedent(
        """\
        class Scale(Layer):
            def call(self, x):
                return x

            def get_config(self):
                config = super().get_config()
                config.update({"gain": self.gain, "bias": self.bias})
                return config


        x = 1
        """
    )


def test_method_is_typed_where_the_others_are() -> None:
    before = "from typing import Any\n\n\nclass Scale(Layer):\n    def call(self, x) -> Any:\n        pass\n"
    assert "def get_config(self) -> dict[str, Any]:\n" in apply(GAIN, before)


@pytest.mark.parametrize(("end", "unit"), list(product(["\n", "\r\n"], ["\t", "  ", "    "])))
def test_indentation_and_line_ends_are_those_of_the_file(end: str, unit: str) -> None:
    lines = ["class Scale(Layer):", f"{unit}def call(self, x):", f"{unit * 2}return x", ""]
    new = ["", f"{unit}def get_config(self):", f"{unit * 2}config = super().get_config()"]
    more = [f'{unit * 2}config.update({{"gain": self.gain}})', f"{unit * 2}return config", ""]
    assert apply(GAIN, end.join(lines)) == end.join([*lines[:-1], *new, *more])


def test_one_line_is_opened_where_a_statement_is_added() -> None:
    before = "def get_config(self): c = super().get_config(); return c"
    after = (
        'def get_config(self):\n    c = super().get_config()\n    c.update({"gain": self.gain})\n    return c'
    )
    assert change_body(GAIN, before) == after
    short = "def get_config(self): return {'a': 1}"
    assert change_body(GAIN, short) == "def get_config(self):\n    return {'a': 1, 'gain': self.gain}"


def test_local_class_is_found_and_cookie_is_kept() -> None:
    data = "# -*- coding: latin-1 -*-\ndef make():\n    class A(Layer):\n        'ä'\n".encode("latin-1")
    change = SetConfigEntry("make.<locals>.A", "gain", "self.gain")
    changed = change.apply(cst.parse_module(data)).bytes
    assert changed.startswith(data)
    assert "        config.update({'gain': self.gain})" in changed.decode("latin-1").replace('"', "'")


def test_method_that_returns_nothing_is_left() -> None:
    with pytest.raises(CannotChange, match="returns nothing"):
        change_config(GAIN, "config = super().get_config()")


BASES = ("super().get_config()", "{}", "dict()", '{"a": 1}', "{\n    **super().get_config(),\n    'b': 2,\n}")
STEPS = (
    'config["c"] = 3',
    'config.update({"d": 4})',
    "config.update(e=5)",
    "config.update(f)",
    "x = 1  # note",
)
ENDS = (
    "return config",
    "return {**config}",
    "return dict(config)",
    'return {**config, "z": 0}',
    "return g(config)",
)


@given(st.sampled_from(BASES), st.lists(st.sampled_from(STEPS), max_size=3), st.sampled_from(ENDS))
def test_whatever_the_style_the_entry_is_in_the_config(base: str, steps: list[str], end: str) -> None:
    code = "\n".join([f"config = {base}", *steps, end])
    changed = code
    for name in ("gain", "rate"):
        changed = change_config(SetConfigEntry("Scale", name, f"self.{name}"), changed)
    assert run(changed) == {**run(code), "gain": 7, "rate": 8}


def run(code: str) -> dict[str, object]:
    """Return what the statements of a ``get_config`` return."""
    text = "class Base:\n    def get_config(self): return {'name': 'n'}\n\n"
    text += "class Scale(Base):\n    gain, rate = 7, 8\n    def get_config(self):\n"
    names: dict[str, object] = {"f": {"more": 6}, "g": lambda config: config}
    exec(text + "".join(f"        {line}\n" for line in code.split("\n")), names)
    config: dict[str, object] = names["Scale"]().get_config()  # type: ignore[operator]
    return config
