"""Seeds for everything random in the process, without slowing TensorFlow down where that can be helped.

Setting TensorFlow's global seed empties its kernel caches, which makes every following operation
several times slower. Keras' own random functions are stateless and do not need it. So a case is first
gathered with TensorFlow's stream left alone; only where results then differ, and something may have drawn
from it, is it gathered again ``thorough``: with that stream seeded, too, before every call and construction.
"""

from __future__ import annotations

import random

import numpy as np

from maskcheck.lab.keras_api import forget_open_call, forget_random_state, keras, reset_names


def seed_all(seed: int, *, thorough: bool = False) -> None:
    """Seed Python, NumPy and Keras' unseeded random functions, and leave no call open.

    Args:
        thorough: seeds TensorFlow's own stream, too.
    """
    forget_open_call()
    if thorough:
        keras.utils.set_random_seed(seed)
        return
    random.seed(seed)
    np.random.seed(seed)
    forget_random_state()


def start_afresh(seed: int, *, thorough: bool = False) -> None:
    """Seed everything and count automatic names from one, as a new process would.

    Args:
        thorough: seeds TensorFlow's own stream, too.
    """
    seed_all(seed, thorough=thorough)
    reset_names()
