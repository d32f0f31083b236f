from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.decorate import Decorate
from tests.fixes.changing import apply, expect

REGISTER = '@keras.saving.register_keras_serializable(package="mine")'


def test_decorator_stands_outermost_below_remarks() -> None:
    expect(
        Decorate("A", REGISTER),
        """
        # about A
        @final
        class A:  # here
            pass
        """,
        f"""
        # about A
        {REGISTER}
        @final
        class A:  # here
            pass
        """,
    )


def test_function_is_decorated_as_a_class_is() -> None:
    assert apply(Decorate("wave", "@register"), "def wave(x): return x\n") == (
        "@register\ndef wave(x): return x\n"
    )


def test_inner_class_with_other_line_ends() -> None:
    text = "class A:\r\n\tclass B:\r\n\t\tpass\r\n"
    assert (
        apply(Decorate("A.B", "@register"), text) == "class A:\r\n\t@register\r\n\tclass B:\r\n\t\tpass\r\n"
    )


def test_registration_under_another_name_is_replaced() -> None:
    expect(
        Decorate("A", REGISTER),
        """
        @keras.saving.register_keras_serializable('mine', name='B')  # as B
        @final
        class A:
            pass
        """,
        f"""
        {REGISTER}  # as B
        @final
        class A:
            pass
        """,
    )


def test_last_class_of_a_name_is_meant() -> None:
    text = "class A:\n    pass\n\n\nclass A:\n    x = 1\n"
    assert apply(Decorate("A", "@register"), text) == text.replace(
        "class A:\n    x", "@register\nclass A:\n    x"
    )


def test_what_is_not_defined_cannot_be_decorated() -> None:
    with pytest.raises(CannotChange, match="nothing called B"):
        apply(Decorate("B", "@register"), "B = 1\n")
