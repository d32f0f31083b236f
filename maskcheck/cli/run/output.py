"""Standard output, for the commands that print once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from maskcheck.errors import UsageError

if TYPE_CHECKING:
    from maskcheck.report.terminal.screen import Screen


def get_stdout() -> TextIO:
    """Return standard output.

    Raises:
        UsageError: the process was started without one.
    """
    # typeshed says that it is always there, but a shell can close it with >&-.
    if sys.stdout is None:
        raise UsageError("standard output is closed", hint="redirect it to a file or to /dev/null")
    return sys.stdout


def open_screen() -> Screen:
    """Return a Screen that writes to standard output."""
    from maskcheck.report.terminal.screen import Screen

    return Screen(get_stdout())
