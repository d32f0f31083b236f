"""The expected texts, stored in files; TEST_UPDATE=1 pytest tests/report writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "snapshots"


def stored(name: str, text: str) -> str:
    """Return what is stored under ``name``, or store ``text`` there first if that is asked for."""
    path = _FOLDER / name
    if os.environ.get("TEST_UPDATE"):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")
