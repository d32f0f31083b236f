"""Finds the spec and the baseline in a directory or its parents."""

from __future__ import annotations

import os

SPEC_NAME = "maskcheck.yaml"


def find_spec(directory: str) -> str | None:
    """Return the path of the nearest ``maskcheck.yaml`` in ``directory`` or its parents, or None."""
    return find_up(directory, SPEC_NAME)


def find_up(directory: str, name: str) -> str | None:
    """Return the path of the nearest file ``name`` in ``directory`` or its parents, or None.

    The path is relative to the working directory when ``directory`` is. What is there
    but cannot be read (a directory, a dangling link) is returned too: loading it tells.
    """
    here = os.path.abspath(directory)
    while True:
        candidate = os.path.join(here, name)
        if os.path.lexists(candidate):
            return candidate if os.path.isabs(directory) else os.path.relpath(candidate)
        parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent
