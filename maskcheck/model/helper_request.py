"""What a worker asks of its helpers: processes that never saw the layers it made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

# Which helper: the importing process has imported the user's modules, the bare process has not.
Who = Literal["importing", "bare"]


@dataclass(frozen=True)
class Lost:
    """No answer came: the helper died, or took too long."""

    reason: str


def alone(who: Who, request: object) -> Lost:
    """Return that there is no helper; what `Ask` is where none was started."""
    return Lost("there is no other process")


# Sends a request to one of the helpers and returns its answer, or `Lost`.
Ask = Callable[[Who, object], Any]
