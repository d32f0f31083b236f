"""What a stream can show: colours, lines that are rewritten, how many columns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

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


def count_columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Return how many columns there are: COLUMNS first, then the terminal, and 80 where neither says so."""
    wanted = environ.get("COLUMNS", "")
    columns = int(wanted) if wanted.isdecimal() else 0
    if not columns and stream.isatty():
        with suppress(OSError):
            columns = os.get_terminal_size(stream.fileno()).columns
    return max(columns or _USUAL, _NARROWEST)
