"""The stream that a text report goes to: how wide it is, and whether it has colours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TextIO

from rich.console import Console
from rich.text import Text

from maskcheck.report.terminal.glyphs import glyphs_for
from maskcheck.report.terminal.lines import Line, Page

_UNLIMITED = 1_000_000
_NARROWEST = 20
_USUAL = 80


def wants_color(mode: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Decide on colours: the option first, then NO_COLOR, FORCE_COLOR, and what the stream is."""
    if mode != "auto":
        return mode == "always"
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or is_live(stream, environ)


def is_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether the stream is a terminal on which a line can be rewritten."""
    return stream.isatty() and environ.get("TERM", "") not in {"", "dumb", "unknown"}


def _columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    wanted = environ.get("COLUMNS", "")
    columns = int(wanted) if wanted.isdecimal() else 0
    if not columns:
        with suppress(OSError):
            columns = os.get_terminal_size(stream.fileno()).columns
    return max(columns or _USUAL, _NARROWEST)


class _Console(Console):
    """Leaves a closed pipe to the caller, where rich would end the process."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704


class Screen:
    """Prints lines: wrapped under their indent on a terminal, never wrapped elsewhere."""

    def __init__(
        self,
        stream: TextIO,
        *,
        color: str = "auto",
        verbosity: int = 0,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.live = is_live(stream, environ)
        width = _columns(stream, environ) if stream.isatty() else None
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
        fits = room is None or line.text.cell_len <= room
        rows = [line.text] if fits else line.text.wrap(self.console, max((room or 0) - line.hang, 10))
        for number, row in enumerate(rows):
            margin = " " * (line.indent + (line.hang if number else 0))
            text = Text(margin).append_text(row)
            text.rstrip()
            yield text
