"""The first words of a scan: what it does until there is something to report."""

from __future__ import annotations

from typing import TextIO

from maskcheck.model.report import Event

_WORDS = "importing TensorFlow and the modules to check ..."
_ERASE = "\r\x1b[K"


class WaitingLine:
    """A line on a terminal with so many columns that goes away with the first event."""

    def __init__(self, stream: TextIO, columns: int) -> None:
        self._stream = stream
        self._shown = True
        # Of a line that went on below, a part would stay.
        self._write(_WORDS[: columns - 1])

    def handle(self, event: Event) -> None:
        """Make room for what is reported of the event."""
        self.close()

    def close(self) -> None:
        """Take the line away, if it is still there."""
        if self._shown:
            self._shown = False
            self._write(_ERASE)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
