"""Lines of classes and methods, and the line to write for a missing key."""

from __future__ import annotations

import textwrap

import pytest

from maskcheck.source.edits.methods import class_source, hint_for_key

UPDATE = 'config.update({"new": self.new})'
ENTRY = '"new": self.new,'


@pytest.mark.parametrize(
    ("body", "line", "variable", "hint"),
    [
        ("config = super().get_config()\nconfig.update({'a': self.a})\nreturn config", 2, "config", UPDATE),
        (
            "config = super().get_config()\nconfig.update(\n    {'a': self.a}\n)\nreturn config",
            2,
            "config",
            UPDATE,
        ),
        ("config = super().get_config()\nconfig.update(a=self.a)\nreturn config", 2, "config", UPDATE),
        ("config = super().get_config()\nconfig['a'] = self.a\nreturn config", 2, "config", UPDATE),
        ("config = super().get_config()\nreturn config", 2, "config", UPDATE),
        (
            "config = super().get_config()\nif self.a:\n    config['a'] = 1\nreturn config",
            4,
            "config",
            UPDATE,
        ),
        ("cfg = {}\ncfg['a'] = self.a\nreturn cfg", 2, "cfg", UPDATE.replace("config", "cfg")),
        (
            "base = super().get_config()\nbase.update({'a': 1})\nreturn base",
            2,
            "base",
            UPDATE.replace("config", "base"),
        ),
        ("return {**super().get_config(), 'a': self.a}", 1, None, ENTRY),
        ("return {\n    **super().get_config(),\n    'a': self.a,\n}", 1, None, ENTRY),
        ("base = super().get_config()\nreturn {\n    'a': 1, **base}", 2, None, ENTRY),
        ("return super().get_config() | {'a': self.a}", 1, None, ENTRY),
        ("config = {'a': 1}\nbase = super().get_config()\nreturn {**base, **config}", 1, "config", ENTRY),
        (
            "config = {\n    'a': 1}\nbase = super().get_config()\n"
            "return dict(list(base.items()) + list(config.items()))",
            1,
            "config",
            ENTRY,
        ),
        ("config = super().get_config()\nconfig |= {'a': 1}\nreturn config", 2, "config", ENTRY),
        ("config: dict = {'a': 1}\nreturn config", 1, "config", ENTRY),
        ("return dict(super().get_config(), a=self.a)", 1, None, "new=self.new,"),
        ("config = dict(a=self.a)\nreturn {**super().get_config(), **config}", 1, "config", "new=self.new,"),
        ("return {**super().get_config()}", 1, None, ENTRY),
        ("return super().get_config()", 1, None, 'return {**super().get_config(), "new": self.new}'),
        ("return self._all()", 1, None, 'return {**self._all(), "new": self.new}'),
        ("pass", 1, None, 'return {**super().get_config(), "new": self.new}'),
        ("if self.a:\n    return {}\nreturn {'a': 1}", 3, None, ENTRY),
    ],
)
def test_the_hint_follows_the_style_of_get_config(source, body, line, variable, hint):
    text = f"class A:\n    def get_config(self):\n{textwrap.indent(body, '        ')}\n"
    found = class_source(source(text), "A")
    assert found is not None
    assert (found.write_line - 2, found.config_variable) == (line, variable)
    assert hint_for_key(found, "new", "self.new") == hint


def test_a_class_without_get_config_gets_a_whole_method(source):
    found = class_source(source("class A:\n    def call(self, x):\n        return x\n\nB = 1\n"), "A")
    assert found is not None
    assert found.write_line == 3
    assert hint_for_key(found, "units", "self._units").splitlines() == [
        "def get_config(self):",
        "    config = super().get_config()",
        '    config.update({"units": self._units})',
        "    return config",
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [("a b", '**{"a b": 1},'), ("class", '**{"class": 1},'), ('q"', '**{"q\\"": 1},'), ("é", "é=1,")],
)
def test_keys_that_are_no_names_are_quoted(source, key, hint):
    found = class_source(source("class A:\n    def get_config(self):\n        return dict(a=1)\n"), "A")
    assert found is not None
    assert hint_for_key(found, key, "1") == hint


def test_methods_have_the_lines_of_their_def(source):
    text = """
    @register
    class A:
        units: int = 3
        @property
        def width(self):
            return 1
        @width.setter
        def width(self, value):
            pass
        if True:
            def build(self, shape):
                pass
        async def later(self): ...
        def call(self): ...
        def call(self, x):
            return x
    """
    found = class_source(source(text), "A")
    assert found is not None
    assert found.line == 3
    assert {name: (m.line, m.end_line) for name, m in found.methods.items()} == {
        "width": (6, 7),
        "build": (12, 13),
        "later": (14, 14),
        "call": (16, 17),
    }


@pytest.mark.parametrize(
    ("qualname", "line"),
    [
        ("A", 2),
        ("A.B", 3),
        ("make.<locals>.C", 7),
        ("A.method.<locals>.D", 5),
        ("E", 9),
        ("Twice", 13),
        ("make", None),
        ("A.None", None),
        ("Z", None),
    ],
)
def test_classes_are_found_by_qualname(source, qualname, line):
    text = """
    class A:
        class B: ...
        def method(self):
            class D: ...
    def make():
        class C: ...
    try:
        class E: ...
    except ImportError:
        pass
    class Twice: ...
    class Twice(Twice): ...
    """
    found = class_source(source(text), qualname)
    assert (found.line if found else None) == line


def test_files_without_a_tree_have_no_classes(source, tmp_path):
    assert class_source(source("class A("), "A") is None
    assert class_source(str(tmp_path / "none.py"), "A") is None
