"""What user code does to what lies outside the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Act = Literal["read", "write", "remove", "run", "connect", "signal"]

_PAST: dict[Act, str] = {
    "read": "read",
    "write": "wrote",
    "remove": "removed",
    "run": "ran",
    "connect": "connected to",
    "signal": "sent a signal to",
}
_PRESENT: dict[Act, str] = {
    "read": "reads",
    "write": "writes",
    "remove": "removes",
    "run": "runs",
    "connect": "connects to",
    "signal": "sends a signal to",
}
_MOST = 10


@dataclass(frozen=True)
class Touch:
    """One thing that was done to a file, or to another process or machine.

    ``name`` is that of the file, relative to the user's directory if it lies in it, or the command, the
    address or the process. ``step`` is what maskcheck was doing, as in a ``Failure``.
    """

    act: Act
    name: str
    # Whether the code named the file by a relative path.
    relative: bool = False
    # Whether there was no such file to be read.
    missing: bool = False
    # Whether it was not allowed.
    refused: bool = False
    step: str = ""
    # The innermost line of the user's that did it.
    file: str | None = None
    line: int | None = None

    @property
    def past(self) -> str:
        """Return it as what was done: "wrote out/log.txt"."""
        return f"{_PAST[self.act]} {self.name}"

    @property
    def present(self) -> str:
        """Return it as what the code does: "writes out/log.txt"."""
        return f"{_PRESENT[self.act]} {self.name}"


def tell_changes(touches: Iterable[Touch]) -> tuple[str, ...]:
    """Return what was done but for reading, each once: at most ten, and how many more there are."""
    found = [*dict.fromkeys(_list_changes(touches))]
    more = len(found) - _MOST
    return (*found[:_MOST], f"and {more} more") if more > 0 else tuple(found)


def _list_changes(touches: Iterable[Touch]) -> Iterator[str]:
    return (touch.past for touch in touches if touch.act != "read" and not touch.refused)
