from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.class_body import AddMethod, RemoveMethod, RenameMethod, ReplaceMethod
from tests.fixes.changing import apply, expect

BUILD = "def build(self, input_shape):\n    self.dense.build(input_shape)"
LAYER = """
class Layer:
    '''Text.'''

    def __init__(self):
        self.dense = 1  # one

    # remark on call
    def call(self, x):
        return x
"""


def test_method_stands_where_it_usually_does() -> None:
    changed = apply(AddMethod("Layer", BUILD), LAYER)
    assert (
        changed
        == """
class Layer:
    '''Text.'''

    def __init__(self):
        self.dense = 1  # one

    def build(self, input_shape):
        self.dense.build(input_shape)

    # remark on call
    def call(self, x):
        return x
"""
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class A: pass\n", "class A:\n    def f(self):\n        return 1\n"),
        ("class A: x = 1; y = 2\n", "class A:\n    x = 1\n    y = 2\n\n    def f(self):\n        return 1\n"),
        ("class A:\n  '''T.'''\n", "class A:\n  '''T.'''\n\n  def f(self):\n    return 1\n"),
        ("class A:\n\t'''T.'''\n", "class A:\n\t'''T.'''\n\n\tdef f(self):\n\t\treturn 1\n"),
        (
            "class A:\r\n    x = 1\r\n",
            "class A:\r\n    x = 1\r\n\r\n    def f(self):\r\n        return 1\r\n",
        ),
        (
            "class A:\n    ...  # later\n",
            "class A:\n    ...  # later\n\n    def f(self):\n        return 1\n",
        ),
    ],
    ids=["pass", "one line", "two spaces", "tabs", "line ends", "remark"],
)
def test_method_is_written_as_the_class_is(before: str, after: str) -> None:
    assert apply(AddMethod("A", "def f(self):\n    return 1"), before) == after


def test_method_of_a_class_in_a_function_or_class() -> None:
    text = "def make():\n    class A:\n        class B:\n            x = 1\n    return A\n"
    changed = apply(AddMethod("make.<locals>.A.B", "def f(self): ..."), text)
    assert changed == text.replace("x = 1\n", "x = 1\n\n            def f(self): ...\n")


def test_method_that_is_there_is_not_written_over() -> None:
    with pytest.raises(CannotChange, match="has a method call already"):
        apply(AddMethod("Layer", "def call(self, y):\n    return y"), LAYER)


def test_replaced_method_keeps_the_remarks_above() -> None:
    changed = apply(ReplaceMethod("Layer", "def call(self, x):\n    return 2 * x"), LAYER)
    assert changed == LAYER.replace("return x", "return 2 * x")


def test_method_that_differs_in_form_only_stays() -> None:
    text = "class A:\n    def f( self ):\n        return ('a')  # so\n"
    assert apply(ReplaceMethod("A", 'def f(self):\n    return "a"'), text) == text


def test_removed_property_goes_with_its_setter() -> None:
    expect(
        RemoveMethod("A", "x"),
        """
        class A:
            @property
            def x(self):
                return 1

            @x.setter
            def x(self, value):
                pass

            def y(self):
                return 2
        """,
        """
        class A:
            def y(self):
                return 2
        """,
    )


def test_class_without_methods_is_still_one() -> None:
    assert apply(RemoveMethod("A", "f"), "class A:\n    def f(self): ...\n") == "class A:\n    pass\n"


def test_renamed_method_calls_that_of_the_base_class() -> None:
    expect(
        RenameMethod("A", "__call__", "call"),
        """
        class A(B):
            def __call__(self, x):  # computes
                return super().__call__(x)
        """,
        """
        class A(B):
            def call(self, x):  # computes
                return super().call(x)
        """,
    )


def test_name_that_is_taken_is_not_given() -> None:
    with pytest.raises(CannotChange):
        apply(RenameMethod("Layer", "call", "__init__"), LAYER)


@pytest.mark.parametrize(
    "change", [AddMethod("B", BUILD), RemoveMethod("B", "f"), ReplaceMethod("Layer", BUILD)]
)
def test_what_is_not_there_cannot_change(change: AddMethod) -> None:
    with pytest.raises(CannotChange):
        apply(change, LAYER)
