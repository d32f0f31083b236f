from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.errors import UsageError
from maskcheck.model.case import Subject
from maskcheck.plugin import proved_edits
from maskcheck.plugin.proved_edits import describe_edits
from maskcheck.settings import Settings


class Found:
    """What would be found; ``patch`` is all that is asked for."""

    def __init__(self, patch: bytes) -> None:
        self.patch = patch

    def to_patch(self, directory: str) -> bytes:
        return self.patch


def describe(monkeypatch: pytest.MonkeyPatch, patch: bytes | UsageError) -> tuple[str, list[Settings]]:
    asked: list[Settings] = []

    def find(settings: Settings, scan: object) -> Found:
        asked.append(settings)
        if isinstance(patch, UsageError):
            raise patch
        return Found(patch)

    monkeypatch.setattr(proved_edits, "find_fixes", find)
    subject = Subject("pkg.layers", "Outer.Scale", str(Path("/p/pkg/layers.py")), 3)
    return describe_edits(subject, Settings(("pkg",), seed=4)), asked


def test_edits_of_the_one_class_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    text, (settings,) = describe(monkeypatch, b"+a\n")
    assert text.endswith("maskcheck fix --write writes them:\n+a\n")
    assert (settings.targets, settings.seed) == (("/p/pkg/layers.py:Outer.Scale",), 4)


def test_it_is_told_that_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert describe(monkeypatch, b"")[0] == "maskcheck fix knows no edit that mends it"
    told = describe(monkeypatch, UsageError("no such module"))[0]
    assert told == "maskcheck fix knows no edit that mends it: no such module"
