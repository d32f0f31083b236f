"""What was replaced in modules that everybody uses is found and put back."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pytest

from maskcheck.engine.isolation.patches import Marks


def test_nothing_was_replaced() -> None:
    assert Marks.take().restore() == ()


def test_functions_methods_and_modules_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    marks, dumps, opened = Marks.take(), json.dumps, Path.open
    monkeypatch.setattr(json, "dumps", None)
    monkeypatch.delattr(Path, "open")
    monkeypatch.delitem(sys.modules, "tempfile")
    assert set(marks.restore()) == {"json.dumps", "Path.open", "tempfile"}
    assert (json.dumps, Path.open, sys.modules["tempfile"]) == (dumps, opened, tempfile)


def test_what_is_added_is_nobodys_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks.take()
    monkeypatch.setattr(json, "more", print, raising=False)
    assert marks.restore() == ()
