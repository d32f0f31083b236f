"""What a kind of fault is, and the two ways in which most of them are planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.mutants.draft import Argument, Draft, extended
from tests.mutants.hosts import Host


@dataclass(frozen=True)
class Fault:
    """A correct draft, the same with one thing wrong, and the names of that thing."""

    healthy: Draft
    faulty: Draft
    names: tuple[str, ...]


Plant = Callable[[Host], Fault | None]


@dataclass(frozen=True)
class Kind:
    """One kind of fault, the rules of which one should report it, and how to plant it.

    ``plant`` returns None for a host that cannot have it.
    """

    name: str
    codes: tuple[str, ...]
    plant: Plant


def altered(argument: Argument, written: str, *others: Argument, **changes: Any) -> Plant:
    """Return how to have get_config write something else for an argument.

    Args:
        written: the source of that; "" for nothing.
        others: further arguments of the class.
        changes: of the argument, in the correct class as well.
    """

    def plant(host: Host) -> Fault:
        draft = extended(host, argument, *others).edit(argument.name, **changes)
        return Fault(draft, draft.edit(argument.name, written=written), (argument.name,))

    return plant


def lost(argument: Argument, *others: Argument, **changes: Any) -> Plant:
    """Return how to have get_config leave out an argument."""
    return altered(argument, "", *others, **changes)
