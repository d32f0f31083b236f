"""User code that takes eager execution from the process is told, and has it put back."""

from __future__ import annotations

import pytest
import tensorflow as tf

from maskcheck.lab.process.eager import EagerDisabled, EagerRequired


def test_it_is_told_and_undone() -> None:
    with pytest.raises(EagerDisabled, match="disables eager execution"), EagerRequired():
        tf.compat.v1.disable_eager_execution()
    assert float(tf.constant(2.0) * 3.0) == 6.0


def disable_and_raise() -> None:
    with EagerRequired():
        tf.compat.v1.disable_eager_execution()
        raise ValueError("something else")


def test_what_fails_because_of_it_is_told_as_this() -> None:
    with pytest.raises(EagerDisabled) as caught:
        disable_and_raise()
    assert isinstance(caught.value.__context__, ValueError)
    assert tf.executing_eagerly()


def test_nothing_else_is_touched() -> None:
    with pytest.raises(ValueError, match="as it was"), EagerRequired():
        raise ValueError("as it was")
