"""Descriptors of maskcheck's own lie above those that user code counts through."""

from __future__ import annotations

import os

from maskcheck.engine.isolation.descriptors import count_open, move_up


def test_a_descriptor_is_moved_up_and_still_open() -> None:
    reading, writing = os.pipe()
    moved = move_up(writing)
    try:
        assert moved > 400
        assert not os.get_inheritable(moved)
        os.write(moved, b"x")
        assert os.read(reading, 1) == b"x"
        assert move_up(moved) == moved
    finally:
        os.close(reading)
        os.close(moved)


def test_open_ones_are_counted() -> None:
    before = count_open()
    reading, writing = os.pipe()
    assert count_open() == before + 2
    os.close(reading)
    os.close(writing)
