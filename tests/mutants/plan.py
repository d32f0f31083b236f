"""Which fault is planted in which host, and the classes that this gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tests.mutants.draft import Draft, unchanged
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind

# How many hosts get a kind, unless told otherwise.
HOSTS_PER_KIND = 4

T = TypeVar("T")


@dataclass(frozen=True)
class Mutant:
    """A class with one fault: its id, and what should be found."""

    id: str
    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The classes of each host by name, which of them have a fault, and the ids of the others."""

    classes: dict[Host, list[tuple[str, Draft]]]
    mutants: tuple[Mutant, ...]
    twins: tuple[str, ...]


def plan(
    hosts: Sequence[Host],
    kinds: Sequence[Kind],
    controls: Sequence[Callable[[Host], Draft | None]],
    limit: int | None = HOSTS_PER_KIND,
) -> Plan:
    """Plant each kind in up to ``limit`` hosts, others for each kind, or in every host that can have it.

    Each class with a fault has a twin without, which classes of one host may share;
    ``controls`` give further classes without a fault, and each host has a subclass that changes nothing.
    """
    faults: dict[Host, list[tuple[Kind, Fault]]] = {host: [] for host in hosts}
    healthy: dict[Host, dict[Draft, None]] = {host: {unchanged(host): None} for host in hosts}
    for position, kind in enumerate(kinds):
        for host, fault in _chosen(hosts, kind.plant, position, limit):
            faults[host].append((kind, fault))
            healthy[host][fault.healthy] = None
    for position, control in enumerate(controls):
        for host, draft in _chosen(hosts, control, position, limit):
            healthy[host][draft] = None
    named = _named(faults, healthy)
    order = [kind.name for kind in kinds]
    return replace(named, mutants=tuple(sorted(named.mutants, key=lambda mutant: order.index(mutant.kind))))


def _chosen(
    hosts: Sequence[Host], make: Callable[[Host], T | None], position: int, limit: int | None
) -> list[tuple[Host, T]]:
    """Return what is made of all hosts that can have it, or of some, others for each position."""
    able = [(host, made) for host in hosts if (made := make(host)) is not None]
    wanted = range(len(able) if limit is None else min(limit, len(able)))
    places = {(position + number * len(able) // len(wanted)) % len(able) for number in wanted}
    return [able[place] for place in sorted(places)]


def _named(faults: dict[Host, list[tuple[Kind, Fault]]], healthy: dict[Host, dict[Draft, None]]) -> Plan:
    classes: dict[Host, list[tuple[str, Draft]]] = {}
    mutants: list[Mutant] = []
    twins: list[str] = []
    for host, planted in faults.items():
        twin = [(f"{host.name}Twin{number}", draft) for number, draft in enumerate(healthy[host], 1)]
        twins += [f"{host.package}.{name}" for name, _ in twin]
        classes[host] = twin + [(_class_name(host, kind), fault.faulty) for kind, fault in planted]
        mutants += [_mutant(host, kind, fault) for kind, fault in planted]
    return Plan(classes, tuple(mutants), tuple(twins))


def _mutant(host: Host, kind: Kind, fault: Fault) -> Mutant:
    name = _class_name(host, kind)
    names = tuple(name if part == "CLASS" else part for part in fault.names)
    return Mutant(f"{host.package}.{name}", kind.name, kind.codes, names)


def _class_name(host: Host, kind: Kind) -> str:
    text = "".join(letter if letter.isalnum() else " " for letter in kind.name.replace("'s", "s"))
    return host.name + "".join(word[0].upper() + word[1:] for word in text.split())
