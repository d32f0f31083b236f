"""Masks before and after, as rows of T and F with a caret under each position that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.text import Text

from maskcheck.model.finding import MaskRow
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.lines import Line, Page

_LIMIT = 8
_BEFORE, _AFTER, _NONE = "before  ", "after   ", "no mask"


def mask_lines(rows: Sequence[MaskRow], page: Page, indent: int) -> Iterator[Line]:
    """Yield two lines a row, three where both sides are masks that differ; long rows go on below."""
    shown, left = page.cap(rows, _LIMIT)
    width = max((len(escape_text(row.label)) for row in shown), default=0) + 2
    room = page.room(indent + width + len(_BEFORE))
    for row in shown:
        length = max(len(row.before), len(row.after), 1)
        for start in range(0, length, room or length):
            label = "" if start else escape_text(row.label)
            part = slice(start, start + (room or length))
            yield from _row_lines(label.ljust(width), row.before[part], row.after[part], indent)
    yield from page.more(left, "row", indent)


def _row_lines(label: str, before: str, after: str, indent: int) -> Iterator[Line]:
    differs = [left != right for left, right in zip_longest(before, after)]
    both = bool(before and after)
    yield Line(Text.assemble(label, _BEFORE, _side_text(before, differs, "green")), indent)
    yield Line(Text.assemble(" " * len(label), _AFTER, _side_text(after, differs, "red")), indent)
    if both and any(differs):
        carets = "".join("^" if each else " " for each in differs).rstrip()
        yield Line(Text(" " * (len(label) + len(_AFTER)) + carets), indent)


def _side_text(mask: str, differs: Sequence[bool], style: str) -> Text:
    if not mask:
        return Text(_NONE, style)
    text = Text()
    for letter, differing in zip(mask, differs, strict=False):
        text.append(letter, style if differing else "")
    return text
