"""Flags and counters held and put back."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from maskcheck.lab.layer.plain_state import (
    keep_plain_state,
    list_unlike,
    read_plain_state,
    set_plain_values,
)


class Part(keras.layers.Layer):
    """Has a private flag."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._seen = False

    def call(self, inputs: Any) -> Any:
        self._seen = True
        return inputs


class Whole(keras.layers.Layer):
    """Counts, and makes a table once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.part = Part()
        self.count = 0
        self.table: Any = None
        self.ready = False

    def call(self, inputs: Any) -> Any:
        self.count += 1
        return self.part(inputs)

    def make(self) -> None:
        """Make the table, and note that it is there."""
        self.table, self.ready = np.ones(2), True


def test_what_calls_move_is_put_back_in_all_layers() -> None:
    layer = Whole()
    with keep_plain_state(layer):
        layer(np.ones((1, 2)))
        assert (layer.count > 0, layer.part._seen) == (True, True)
    assert (layer.count, layer.part._seen) == (0, False)


def test_flags_stay_that_remember_what_was_made() -> None:
    layer = Whole()
    with keep_plain_state(layer):
        layer.make()
    assert layer.ready


def test_two_layers_are_unlike_in_what_one_has_seen() -> None:
    used, new = Whole(), Whole()
    used(np.ones((1, 2)))
    assert list_unlike(read_plain_state(used), read_plain_state(new)) == {"count": 0, "part._seen": False}


def test_plain_values_hold_for_as_long_as_the_block_lasts() -> None:
    used = Whole()
    used(np.ones((1, 2)))
    count = used.count
    with set_plain_values(used, {"count": 7, "part._seen": False, "nowhere.flag": True}):
        assert (used.count, used.part._seen) == (7, False)
    assert (used.count, used.part._seen) == (count, True)
