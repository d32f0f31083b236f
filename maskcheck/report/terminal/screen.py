"""The stream that a text report goes to: how wide it is, and whether it has colours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich.console import Console
from rich.text import Text

from maskcheck.report.terminal.glyphs import glyphs_for
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.stream import count_columns, is_live, wants_color

_UNLIMITED = 1_000_000
# Columns that a row has at least, however far it is indented.
_LEAST = 10


class _Console(Console):
    """Leaves a closed pipe to the caller, where rich would end the process."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704


class Screen:
    """Prints lines: wrapped under their indent on a terminal, never wrapped elsewhere.

    With ``widest`` they are wrapped elsewhere, too, and never wider than that.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        color: str = "auto",
        verbosity: int = 0,
        widest: int | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.live = is_live(stream, environ)
        columns = count_columns(stream, environ) if stream.isatty() or widest else None
        width = min(columns, widest) if columns and widest else columns
        self.page = Page(glyphs_for(getattr(stream, "encoding", None)), width, verbosity)
        self.console = _Console(
            file=stream,
            width=width or _UNLIMITED,
            force_terminal=self.live,
            force_interactive=self.live,
            force_jupyter=False,
            color_system="standard" if wants_color(color, stream, environ) else None,
            no_color=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def write(self, lines: Iterable[Line]) -> None:
        """Print the lines and hand them to the system.

        Raises:
            OSError: the stream cannot be written.
        """
        rows = [row for line in lines for row in self._rows(line)]
        if rows:
            self.console.print(Text("\n").join(rows), soft_wrap=True)
            self.console.file.flush()

    def _rows(self, line: Line) -> Iterator[Text]:
        room = self.page.room(line.indent)
        rest = max((room or 0) - line.hang, _LEAST)
        whole = room is None or not line.gap
        rows = [line.text] if whole else _break_text(line.text, line.gap, room or 0, rest, self.console)
        for number, row in enumerate(rows):
            margin = " " * (line.indent + (line.hang if number else 0))
            text = Text(margin).append_text(row)
            text.rstrip()
            yield text


def _break_text(text: Text, gap: str, first: int, rest: int, console: Console) -> list[Text]:
    """Return the rows of a text, the ``first`` of another width than the ``rest``.

    They end at gaps; what stands between two is broken only if it is too long for one row, and not if it is
    one word: a path.
    """
    if text.cell_len <= first:
        return [text]
    if gap == " ":
        return list(text.wrap(console, rest))
    # What a gap has besides spaces stays at the end of the row.
    mark = gap.rstrip()
    *parts, last = text.split(gap, allow_blank=True)
    rows: list[Text] = []
    for part in [*(part.append(mark) for part in parts), last]:
        width = rest if rows[1:] else first
        joined = rows[-1].cell_len + len(gap) - len(mark) + part.cell_len if rows else width + 1
        if joined <= width:
            rows[-1].append(gap[len(mark) :]).append_text(part)
        elif " " in part.plain:
            rows += _break_text(part, " ", rest if rows else first, rest, console)
        else:
            rows.append(part)
    return rows
