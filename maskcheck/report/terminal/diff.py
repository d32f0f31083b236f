"""A unified diff in colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from maskcheck.report.terminal.escape import escape_lines
from maskcheck.report.terminal.lines import Line, Page

_LIMIT = 40
_STYLES = {"@": "cyan", "+": "green", "-": "red"}
_HEADER = ("--- ", "+++ ")


def diff_lines(diff: str, page: Page, indent: int) -> Iterator[Line]:
    """Yield the lines of ``diff``, what was taken away in red, what came in green."""
    if not diff:
        return
    shown, left = page.cap(escape_lines(diff), _LIMIT)
    for number, line in enumerate(shown):
        header = number < len(_HEADER) and line.startswith(_HEADER)
        style = "bold" if header else _STYLES.get(line[:1], "")
        yield Line(Text(line, style), indent, hang=4)
    yield from page.more(left, "line", indent)
