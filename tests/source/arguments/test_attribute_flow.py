"""Which attributes the arguments of ``__init__`` flow into."""

from __future__ import annotations

import ast
import textwrap

import pytest

from maskcheck.source.arguments.attribute_flow import attribute_flows, flows_in_init


def flow(
    source, body: str, parameters: str = "a, b=1, *args, c=None, **kwargs"
) -> dict[str, tuple[str, ...]]:
    inner = textwrap.indent(body, "        ")
    text = f"class A:\n    def __init__(self, {parameters}):\n{inner}\n"
    return {name: ways for name, ways in attribute_flows(source(text), "A").items() if ways}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("self.x = a", {"a": ("x",)}),
        ("self.x: int = int(a)", {"a": ("x",)}),
        ("self.x = self.y = a + b", {"a": ("x", "y"), "b": ("x", "y")}),
        ("self.x = 1\nself.x += a", {"a": ("x",)}),
        ("self.x, self.y = a, b", {"a": ("x",), "b": ("y",)}),
        ("self.x, (self.y, *self.z) = a, b", {"a": ("x",), "b": ("y", "z")}),
        ("self.x, self.y = a", {"a": ("x", "y")}),
        ("n = a\nm = n * 2\nself.x = m", {"a": ("x",)}),
        ("n = a\nself.x = n\nn = b\nself.y = n", {"a": ("x",), "b": ("y",)}),
        ("self.x = a\nself.y = self.x + 1", {"a": ("x", "y")}),
        ("self.inner.units = a", {"a": ("inner.units",)}),
        ("self.table['k'] = a", {"a": ("table",)}),
        ("self.table[a] = 1", {"a": ("table",)}),
        ("setattr(self, 'x', a)", {"a": ("x",)}),
        ("object.__setattr__(self, 'x', a)", {"a": ("x",)}),
        ("super().__setattr__('x', a)", {"a": ("x",)}),
        ("setattr(other, 'x', a)", {}),
        ("setattr(self, b, a)", {}),
        ("self.x = [Dense(u) for u in a]", {"a": ("x",)}),
        ("self.x = lambda v: v * a", {"a": ("x",)}),
        ("def inner(v):\n    return v * a\nself.x = inner", {"a": ("x",)}),
        ("self.x = kwargs.pop('x', 1)", {"kwargs": ("x",)}),
        ("self.items = []\nself.items.append(Dense(a))", {"a": ("items",)}),
        ("items = []\nitems.append(a)\nself.x = items", {"a": ("x",)}),
        ("config = Config()\nconfig.units = a\nself.x = config", {"a": ("x",)}),
        ("tf.debugging.check(a)\nself.x = tf.constant(1)", {}),
        ("if (n := a) > 1:\n    self.x = n", {"a": ("x",)}),
        ("with scope(a) as s:\n    self.x = s", {"a": ("x",)}),
        ("for n in a:\n    self.x = n", {"a": ("x",)}),
        ("m = 1\nfor _ in range(3):\n    self.x = m\n    m = a", {"a": ("x",)}),
        ("try:\n    self.x = a\nexcept ValueError:\n    self.y = b", {"a": ("x",), "b": ("y",)}),
        ("match a:\n    case [n, *m]:\n        self.x = n\n        self.y = m", {"a": ("x", "y")}),
        ("return None", {}),
    ],
)
def test_direct_flows(source, body, expected):
    assert flow(source, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if a:\n    self.x = 1\nelse:\n    self.y = 2", {"a": ("x", "y")}),
        ("if a:\n    self.x = 1\nself.y = a", {"a": ("y", "x")}),
        ("self.x = 1 if a else 2\nself.y = b if a else 2", {"a": ("x", "y"), "b": ("y",)}),
        ("n = 1\nif a:\n    n = b\nself.x = n", {"a": ("x",), "b": ("x",)}),
        ("for _ in range(a):\n    self.items.append(Dense(b))", {"a": ("items",), "b": ("items",)}),
        ("while a:\n    self.x = 1", {"a": ("x",)}),
        ("match a:\n    case 'sum':\n        self.x = 1", {"a": ("x",)}),
        ("if a:\n    raise ValueError(b)", {}),
    ],
)
def test_tests_count_after_what_is_computed(source, body, expected):
    assert flow(source, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("super().__init__(units=a)", {"a": ("super:units",)}),
        ("super(A, self).__init__(units=a * 2)", {"a": ("super:units",)}),
        ("Base.__init__(self, a, units=b)", {"a": ("super:0",), "b": ("super:units",)}),
        ("super().__init__(*args, **kwargs)", {"args": ("super:*",), "kwargs": ("super:**",)}),
        ("kwargs['units'] = a\nsuper().__init__(**kwargs)", {"a": ("super:**",), "kwargs": ("super:**",)}),
        ("kwargs.update(units=a)\nsuper().__init__(**kwargs)", {"a": ("super:**",), "kwargs": ("super:**",)}),
        ("self.inner.__init__(a)", {"a": ("inner",)}),
    ],
)
def test_what_the_base_class_gets(source, body, expected):
    assert flow(source, body) == expected


def test_the_attribute_of_the_same_name_comes_first(source):
    body = "self.kernel = Dense(units)\nself._units = units\nself.half = units / 2"
    assert flow(source, body, "units") == {"units": ("_units", "kernel", "half")}


def test_every_parameter_is_listed_even_if_it_flows_nowhere(source):
    file = source("class A:\n    def __init__(this, a, /, b, *args, c, **kwargs):\n        this.x = c\n")
    assert attribute_flows(file, "A") == {"a": (), "b": (), "args": (), "c": ("x",), "kwargs": ()}


@pytest.mark.parametrize(
    "text",
    ["", "class B: ...", "class A: ...", "class A(", "class A:\n    def __init__(): ...", "A = 1"],
)
def test_nothing_is_known_without_class_or_init(source, text):
    assert attribute_flows(source(text), "A") == {}


def test_an_expression_nested_too_deeply_gives_nothing():
    init = ast.parse("def __init__(self, a):\n    self.x = a").body[0]
    assert isinstance(init, ast.FunctionDef)
    assert isinstance(init.body[0], ast.Assign)
    for _ in range(5000):
        init.body[0].value = ast.UnaryOp(ast.USub(), init.body[0].value)
    assert flows_in_init(init) == {}
