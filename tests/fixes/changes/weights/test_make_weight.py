from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.weights.make_weight import CountInWeight, HoldAsVariable
from tests.fixes.changing import apply, expect


def test_value_is_held_in_a_variable() -> None:
    text = (
        "class A:\n    def __init__(self):\n        self._x = None\n\n"
        "    def build(self, s):\n        self._x = draw(s)\n"
    )
    changed = apply(HoldAsVariable("A", "_x"), text)
    assert changed == text.replace("draw(s)", 'keras.Variable(draw(s), trainable=False, name="x")')


def test_long_call_is_broken() -> None:
    value = "draw.normal(size=(input_shape[-1], self.units)).astype('float32')"
    text = f"class A:\n  def build(self, input_shape):\n    self.projection = {value}\n"
    broken = f'keras.Variable(\n      {value}, trainable=False, name="projection"\n    )'
    assert apply(HoldAsVariable("A", "projection"), text) == text.replace(value, broken)


def test_value_of_a_call_cannot_be_held_so() -> None:
    with pytest.raises(CannotChange, match="outside of __init__ and build"):
        apply(HoldAsVariable("A", "x"), "class A:\n    def call(self, x):\n        self.x = x\n")


def test_number_becomes_a_weight_that_is_assigned() -> None:
    expect(
        CountInWeight("A", "step"),
        """
        class A:
            def __init__(self):
                self.step = 0  #

            def call(self, x):
                self.step += 1
                if x: self.step = 3
                return self.step * x
        """,
        """
        class A:
            def __init__(self):
                self.step = self.add_weight(name="step", shape=(), initializer="zeros", trainable=False)  #

            def call(self, x):
                self.step.assign_add(1)
                if x: self.step.assign(3)
                return self.step * x
        """,
    )


def test_other_number_is_a_constant() -> None:
    text = "class A:\n    def __init__(self):\n        self.x = 0.5\n"
    assert "initializer=k.initializers.Constant(0.5)" in apply(CountInWeight("A", "x", "k"), text)


@pytest.mark.parametrize("value", ["False", "None", "f()", "'a'"])
def test_what_is_no_number_stays(value: str) -> None:
    with pytest.raises(CannotChange):
        apply(CountInWeight("A", "x"), f"class A:\n    def __init__(self):\n        self.x = {value}\n")


@pytest.mark.parametrize("line", ["self.x *= 2", "self.x = y = 2"])
def test_assignment_that_a_weight_has_not_stays(line: str) -> None:
    with pytest.raises(CannotChange):
        apply(
            CountInWeight("A", "x"),
            f"class A:\n    def __init__(self):\n        self.x = 0\n\n    def f(self):\n        {line}\n",
        )
