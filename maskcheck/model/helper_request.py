"""What a worker may ask of other processes, which never saw what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

# A newcomer has imported the user's modules, a stranger has not.
Who = Literal["newcomer", "stranger"]


@dataclass(frozen=True)
class Lost:
    """No answer came: the process died, or took too long."""

    reason: str


def alone(who: Who, request: object) -> Lost:
    """Return that there is no other process; what `Ask` is where none was started."""
    return Lost("there is no other process")


# Sends a request to one of them and returns the answer, or `Lost`.
Ask = Callable[[Who, object], Any]
