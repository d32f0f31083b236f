from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.report.terminal.escape import escape_lines, escape_text, shorten_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [bold] é 漢 →", "plain [bold] é 漢 →"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u202eevil\u2028", "\\u202eevil\\u2028"),
        ("\ud800", "\\ud800"),
        ("\x9b", "\\x9b"),
        ("", ""),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert escape_text(text) == expected


@given(st.text(st.characters()))
def test_nothing_moves_the_cursor(text: str) -> None:
    for line in (escape_text(text), *escape_lines(text)):
        assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in line)


def test_lines() -> None:
    assert escape_lines("a\r\n\tb\n\n") == ["a", "    b"]


def test_path_is_relative_where_shorter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shorten_path(str(tmp_path / "sub" / "m.py")) == os.path.join("sub", "m.py")
    assert shorten_path("/m.py") == "/m.py"
    assert shorten_path("sub/m.py") == "sub/m.py"


def test_path_without_a_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert shorten_path("/some/where/m.py") == "/some/where/m.py"
