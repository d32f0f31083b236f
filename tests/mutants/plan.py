"""Which fault is planted in which host, and the classes that this gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .draft import Draft
from .hosts import PACKAGE, Host
from .kind import Fault, Kind

# How many hosts get a kind, unless every host is asked for.
HOSTS_PER_KIND = 8


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


def plan(hosts: Sequence[Host], kinds: Sequence[Kind], *, every: bool = False) -> Plan:
    """Plant each kind in some of the hosts, others for each kind, or in every host that can have it."""
    chosen: dict[Host, list[tuple[Kind, Fault]]] = {host: [] for host in hosts}
    for position, kind in enumerate(kinds):
        able = [(host, fault) for host in hosts if (fault := kind.plant(host))]
        for host, fault in able if every else _spread(able, position):
            chosen[host].append((kind, fault))
    classes: dict[Host, list[tuple[str, Draft]]] = {}
    mutants: list[Mutant] = []
    twins: list[str] = []
    for host, planted in chosen.items():
        healthy = dict.fromkeys(fault.healthy for _, fault in planted)
        named = [(f"{host.name}Twin{number}", draft) for number, draft in enumerate(healthy, 1)]
        twins += [f"{host.package}.{name}" for name, _ in named]
        for kind, fault in planted:
            name = host.name + _camel(kind.name)
            names = tuple(name if part == "CLASS" else part for part in fault.names)
            mutants.append(Mutant(f"{host.package}.{name}", kind.name, kind.codes, names))
            named.append((name, fault.faulty))
        classes[host] = named
    return Plan(classes, tuple(mutants), tuple(twins))


def _spread(able: list[tuple[Host, Fault]], position: int) -> list[tuple[Host, Fault]]:
    """Return some of a list, evenly apart, starting at another place for each position."""
    size = len(able)
    places = {(position + number * size // HOSTS_PER_KIND) % size for number in range(HOSTS_PER_KIND)} if size else ()
    return [able[place] for place in sorted(places)]


def _camel(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text.replace("'s", "s")).split()
    return "".join(word[0].upper() + word[1:] for word in words)


def spec(classes: Iterable[tuple[Host, str, Draft]]) -> str:
    """Return the spec file with one case for each class."""
    entries = "\n".join(_entry(host, name, draft) for host, name, draft in classes)
    return f"version: 1\nlayers:\n{entries}\n"


def _entry(host: Host, name: str, draft: Draft) -> str:
    inherited = () if draft.composite else draft.host.init
    own = [(a.name, a.value) for a in draft.arguments if a.value]
    init = ", ".join(f"{key}: {value}" for key, value in (*inherited, *own, *draft.case))
    lines = [("init", f"{{{init}}}"), *draft.host.inputs, *draft.extra]
    return f"  {PACKAGE}.{host.module}.{name}:\n" + "\n".join(f"    {key}: {value}" for key, value in lines)
