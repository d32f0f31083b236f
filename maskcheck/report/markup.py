"""Escapes user text for Markdown, in a table as well as outside."""

from __future__ import annotations

import re

from maskcheck.report.terminal.escape import escape_lines, escape_text

# What begins markup wherever it stands; an underscore inside a word does not.
_MARKUP = re.compile(r"[\\`*\[\]<>&|~$]|(?<![^\W_])_|_(?![^\W_])")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~ ]")
_FENCE = re.compile(r"`+")


def escape_prose(text: str) -> str:
    """Return text for a paragraph or a cell, in which no character is markup and no user is mentioned."""
    return _MARKUP.sub(_reference, escape_text(text)).replace("@", "@&#8203;")


def format_code(text: str) -> str:
    """Return text as inline code that is also valid in a table."""
    shown = escape_text(text)
    plain = shown and shown == shown.strip() and not re.search(r"[`|\\]", shown)
    return f"`{shown}`" if plain else format_html(text)


def format_html(text: str) -> str:
    """Return text as HTML code, with a character reference for every punctuation character."""
    return f"<code>{_PUNCTUATION.sub(_reference, escape_text(text))}</code>"


def format_code_block(text: str, language: str = "") -> str:
    """Return lines of text as a block of code, in a fence longer than any row of backquotes in it."""
    body = "\n".join(escape_lines(text))
    fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(body))])
    return f"{fence}{language}\n{body}\n{fence}"


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
