from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.weights.track_variable import TrackVariable
from tests.fixes.changing import apply

BEFORE = "class A:\n    def build(self, shape):\n        self.scale = {}  # learnt\n"


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        (
            "tf.Variable(tf.ones(shape[-1]))",
            'self.add_weight(name="scale", shape=(shape[-1],), initializer="ones")',
        ),
        ("tf.Variable(tf.zeros((2, 3)))", 'self.add_weight(name="scale", shape=(2, 3), initializer="zeros")'),
        ("tf.Variable(tf.ones(4))", 'self.add_weight(name="scale", shape=(4,), initializer="ones")'),
        (
            "tf.Variable(tf.ones(shape[-1:]))",
            'self.add_weight(name="scale", shape=shape[-1:], initializer="ones")',
        ),
        (
            "tf.Variable(tf.ones(4), trainable=False, name='s')",
            "self.add_weight(name='s', shape=(4,), initializer=\"ones\", trainable=False)",
        ),
        ("tf.Variable(tf.ones(size))", 'keras.Variable(tf.ones(size), name="scale")'),
        ("tf.Variable(0.5, dtype='float32')", "keras.Variable(0.5, dtype='float32', name=\"scale\")"),
        ("tf.Variable(initial_value=rows, trainable=None)", 'keras.Variable(rows, name="scale")'),
        ("[tf.Variable(x) for x in y]", "[keras.Variable(x) for x in y]"),
        ("{'a': tf.Variable(1.0, name='b')}", "{'a': keras.Variable(1.0, name='b')}"),
    ],
)
def test_variable_becomes_one_of_keras(value: str, becomes: str) -> None:
    assert apply(TrackVariable("A", "scale"), BEFORE.format(value)) == BEFORE.format(becomes)


def test_keras_has_the_name_of_the_module() -> None:
    changed = apply(TrackVariable("A", "scale", "tf.keras"), BEFORE.format("tf.Variable(x)"))
    assert 'tf.keras.Variable(x, name="scale")' in changed


@pytest.mark.parametrize("value", ["tf.Variable(x, shape=y)", "tf.Variable(*x)", "tf.Variable(dtype='int8')"])
def test_variable_that_keras_has_not_stays(value: str) -> None:
    with pytest.raises(CannotChange):
        apply(TrackVariable("A", "scale"), BEFORE.format(value))


def test_attribute_that_is_not_assigned_cannot_change() -> None:
    with pytest.raises(CannotChange, match=r"nowhere assigns self\.shift"):
        apply(TrackVariable("A", "shift"), BEFORE.format("1"))
