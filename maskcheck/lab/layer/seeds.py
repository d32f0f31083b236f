"""Seeds for everything random in the process, without slowing TensorFlow down where that can be helped.

Setting TensorFlow's global seed empties its kernel caches, which makes every
following operation several times slower. Keras' own random functions are
stateless and do not need it. So a case is first checked with TensorFlow's
stream left alone; only where results then differ is it checked again with the
stream seeded before every step.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from maskcheck.lab.api import forget_random_state, keras, reset_names

_thorough = False


@contextmanager
def thorough() -> Iterator[None]:
    """Seed TensorFlow's own stream too, inside."""
    global _thorough  # noqa: PLW0603
    before, _thorough = _thorough, True
    try:
        yield
    finally:
        _thorough = before


def is_thorough() -> bool:
    """Tell whether results that differ can no longer be due to TensorFlow's own stream."""
    return _thorough


def seed_all(seed: int) -> None:
    """Seed Python, NumPy and Keras' unseeded random functions; TensorFlow's where it is wanted."""
    if _thorough:
        keras.utils.set_random_seed(seed)
        return
    random.seed(seed)
    np.random.seed(seed)
    forget_random_state()


def start_afresh(seed: int) -> None:
    """Seed everything and count automatic names from one, as a new process would."""
    seed_all(seed)
    reset_names()
