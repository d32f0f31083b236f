"""One line of the text report with its indent, and how the page is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from rich.text import Text

from maskcheck.report.counts import count_noun
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.glyphs import UNICODE, Glyphs

_T = TypeVar("_T")


class Line(NamedTuple):
    """A text and its indent; what does not fit goes on below, indented by ``hang`` more.

    ``gap`` is what stands between the parts that are kept together as long as there is room for one of
    them. Where it is "" the line is never broken: text to be copied.
    """

    text: Text
    indent: int = 0
    hang: int = 2
    gap: str = " "


@dataclass(frozen=True)
class Page:
    """How a report is laid out: ``width`` is None where lines are never wrapped.

    ``verbosity`` is -1 with ``-q``, 1 with ``-v``.
    """

    glyphs: Glyphs
    width: int | None = None
    verbosity: int = 0

    @property
    def verbose(self) -> bool:
        """Tell whether all is to be shown."""
        return self.verbosity > 0

    def room(self, indent: int) -> int | None:
        """Return how many columns are left of the indent, None if unlimited."""
        return None if self.width is None else max(self.width - indent, 10)

    def fits(self, line: Line) -> bool:
        """Tell whether a line needs no second one."""
        room = self.room(line.indent)
        return room is None or line.text.cell_len <= room

    def short(self, text: str, limit: int = 200) -> str:
        """Return ``text`` made visible and, unless all was asked for, cut to ``limit`` characters."""
        shown = escape_text(text)
        if self.verbose or len(shown) <= limit:
            return shown
        return shown[:limit] + self.glyphs.ellipsis

    def cap(self, items: Sequence[_T], limit: int) -> tuple[Sequence[_T], int]:
        """Return the items to show, and how many are left out."""
        shown = items if self.verbose else items[:limit]
        return shown, len(items) - len(shown)

    def more(self, number: int, one: str, indent: int, many: str | None = None) -> Iterator[Line]:
        """Say how many were left out, if any."""
        if number:
            count = count_noun(number, f"more {one}", f"more {many or f'{one}s'}")
            text = f"{self.glyphs.ellipsis} {count}; -v shows all"
            yield Line(Text(text, "dim"), indent)


# The page of what is no terminal: a file that another program reads.
PLAIN = Page(UNICODE)
