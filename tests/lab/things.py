"""What the tests' specs name by dotted path."""

from __future__ import annotations

import sys
from typing import Any


class Thing:
    """Keeps what it is given."""

    class Part:
        pass

    def __init__(self, **given: Any) -> None:
        self.given = given


def refuse(**_: Any) -> None:
    raise ValueError("no such thing")


def leave(**_: Any) -> None:
    sys.exit(4)


def scale(x: Any) -> Any:
    return 2 * x


def __getattr__(name: str) -> Any:
    if name == "lazy":
        raise ImportError("needs another library")
    raise AttributeError(name)
