"""Escapes user text for printing: characters that would move the cursor or be invisible."""

from __future__ import annotations

import os
import unicodedata

_SEPARATORS = {"Zl", "Zp"}


def escape_text(text: str) -> str:
    """Return ``text`` on one line, with control, format and unencodable characters as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape_character(character) for character in text)


def escape_lines(text: str) -> list[str]:
    """Return the lines of ``text``, each made visible; tabs become spaces."""
    return [escape_text(line) for line in text.expandtabs(4).replace("\r\n", "\n").rstrip("\n").split("\n")]


def _escape_character(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] != "C" and category not in _SEPARATORS:
        return character
    return character.encode("unicode_escape").decode("ascii")


def shorten_path(path: str, directory: str | None = None) -> str:
    """Return ``path`` relative to ``directory`` (the working one by default) where that is shorter."""
    if not os.path.isabs(path):
        return path
    try:
        relative = os.path.relpath(path, directory)
    except (OSError, ValueError):
        return path
    return min(path, relative, key=len)
