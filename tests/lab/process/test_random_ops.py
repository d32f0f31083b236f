"""Who draws from TensorFlow's own random stream is known by the ops that are run."""

from __future__ import annotations

from collections.abc import Callable

import keras
import pytest
import tensorflow as tf

from maskcheck.lab.process import random_ops


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Note the ops of this test alone, and leave TensorFlow as it was."""
    monkeypatch.setattr(random_ops, "_seen", None)
    for module, name, _ in random_ops._PLACES:
        monkeypatch.setattr(module, name, getattr(module, name))


def test_what_nobody_notes_may_have_drawn() -> None:
    assert random_ops.may_draw()
    random_ops.note_ops()
    assert not random_ops.may_draw()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: tf.random.normal((2,)),
        lambda: tf.random.shuffle(tf.range(3)),
        lambda: tf.nn.dropout(tf.ones(3), 0.5),
        lambda: tf.random.categorical(tf.zeros((1, 2)), 1),
        lambda: tf.raw_ops.RandomUniform(shape=[2], dtype=tf.float32),
        tf.function(lambda: tf.random.uniform((2,), seed=3)),
        lambda: next(iter(tf.data.Dataset.range(3).shuffle(3))),
    ],
)
def test_drawing_is_noted_for_good(draw: Callable[[], object]) -> None:
    random_ops.note_ops()
    draw()
    tf.add(1, 2)
    assert random_ops.may_draw()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: keras.random.normal((2,)),
        lambda: keras.layers.Dropout(0.5)(tf.ones((2, 3)), training=True),
        lambda: keras.layers.Dense(3)(tf.ones((2, 3))),
        lambda: tf.random.stateless_normal((2,), (1, 2)),
    ],
)
def test_drawing_by_a_seed_of_its_own_is_not(draw: Callable[[], object]) -> None:
    random_ops.note_ops()
    draw()
    assert not random_ops.may_draw()
