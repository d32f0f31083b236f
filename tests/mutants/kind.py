"""What a kind of fault is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .draft import Draft
from .hosts import Host


@dataclass(frozen=True)
class Fault:
    """A correct draft, the same with one thing wrong, and the names of that thing."""

    healthy: Draft
    faulty: Draft
    names: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of fault, the rules of which one should report it, and how to plant it.

    ``plant`` returns None for a host that cannot have it.
    """

    name: str
    codes: tuple[str, ...]
    plant: Callable[[Host], Fault | None]
