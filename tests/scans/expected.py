"""Reads what a scan must show of each class of ``fixtures``: the comments above it.

::

    # shows: MC101 factor                              an error that names factor
    # shows: warning MC107 sizes, axes                 a warning that names one of the two or both
    # shows: MC403 scale reported as losses            scale is wrong, but what the finding names is losses
    # shows: note MC607 by h5 clone                    only on these routes, and on both of them
    # shows: nothing
    # without a spec: a value that the spec gives      what a scan without the spec lacks to judge the same
    # out of reach: only a plain json.dumps fails      what can go wrong all the same, and what shows it
    # not as in the table of routes: h5 clone: why     where ``routes_table`` says otherwise
    # Keras 2 shows: nothing                           where that is not what Keras 3 shows

There is one line for each finding, and nothing else may be found; only classes that a scan passes over
have none. Lines that are too long go on below, further in. What is said at the top of a module goes for a
module that cannot be imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maskcheck.model.route import ROUTE_TABLE
from tests.paths import FIXTURES

SHOWS, KERAS_2 = "shows", "Keras 2 shows"
WITHOUT_SPEC, OUT_OF_REACH, OTHER_ROUTES = "without a spec", "out of reach", "not as in the table of routes"
NEEDS = {
    # Something that ``prepare`` does to the layer, or that a file beside it holds, makes the fault.
    "a state that the spec prepares",
    # The fault needs one certain value, which no plausible second value is like.
    "a value that the spec gives",
    # The class documents a call that fails; inference finds one that does not.
    "a call that the spec makes",
    # Its arguments are files, tables or objects of which nothing tells how to make them.
    "arguments that cannot be guessed",
    "an expectation in the spec",
    "a situation that the spec asks for",
}
NOTHING = "nothing"
_FINDING = re.compile(
    r"(?:(?P<severity>warning|note) )?(?P<rule>MC\d{3})(?: (?P<names>(?!reported as |by ).+?))?"
    r"(?: reported as (?P<reported_as>.+?))?(?: by (?P<routes>[a-z0-9 -]+))?"
)
_SUBJECT = re.compile(r"class (\w+)\b|(\w+) = ")
_ROUTES = frozenset(route.name for route in ROUTE_TABLE)


class UnreadableError(ValueError):
    """A comment that is not of the form above."""


@dataclass(frozen=True)
class Finding:
    """One finding that must be told."""

    rule: str
    severity: str = "error"
    names: tuple[str, ...] = ()
    """What is wrong: argument, attribute, weight or method. None if no part with a name is."""
    reported_as: str = ""
    """What the finding names instead, if it does not name what is wrong."""
    routes: tuple[str, ...] = ()
    """The routes that alone show it; none if the usual ones do."""

    @classmethod
    def read(cls, text: str) -> Finding:
        """Return the finding that ``text`` describes; raises UnreadableError."""
        match = _FINDING.fullmatch(text)
        if not match:
            raise UnreadableError(f"no finding: {text}")
        severity, rule, names, reported_as, routes = match.groups(default="")
        return cls(rule, severity or "error", _words(names, ", "), reported_as, _read_routes(routes))


@dataclass(frozen=True)
class Fixture:
    """A class of the fixtures, or a module that cannot be imported, and all that is said of it."""

    id: str
    shows: tuple[Finding, ...]
    keras_2: tuple[Finding, ...]
    """What it shows under Keras 2, where it runs there."""
    without_spec: str = ""
    out_of_reach: str = ""
    other_routes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name without that of the module."""
        return self.id.rpartition(".")[2]

    @property
    def usual(self) -> tuple[Finding, ...]:
        """Return what the usual routes show."""
        return tuple(finding for finding in self.shows if not finding.routes)


def read_block(id: str, lines: list[str]) -> Fixture:
    """Return what the lines of one comment say of ``id``; raises UnreadableError."""
    found: dict[str, list[str]] = {}
    for line in re.sub(r"\n#   +", " ", "\n".join(lines)).splitlines():
        key, colon, value = line.removeprefix("# ").partition(": ")
        if key not in (SHOWS, KERAS_2, WITHOUT_SPEC, OUT_OF_REACH, OTHER_ROUTES) or not colon:
            raise UnreadableError(f"{id}: no such word: {line}")
        found.setdefault(key, []).append(value)
    if SHOWS not in found or any(len(found.get(key, ())) > 1 for key in found.keys() - {SHOWS, KERAS_2}):
        raise UnreadableError(f"{id}: {SHOWS} is missing, or something is said twice")
    need, unreached, routes = (found.get(key, [""])[0] for key in (WITHOUT_SPEC, OUT_OF_REACH, OTHER_ROUTES))
    if need and need not in NEEDS:
        raise UnreadableError(f"{id}: no such need: {need}")
    shows = _findings(found[SHOWS])
    return Fixture(
        id,
        shows,
        _findings(found[KERAS_2]) if KERAS_2 in found else shows,
        need,
        unreached,
        _read_routes(routes.partition(": ")[0]),
    )


@cache
def read(folder: str) -> dict[str, Fixture]:
    """Return what is said in ``fixtures/folder``, by the ids that a report has; raises UnreadableError."""
    place = FIXTURES / folder
    base = FIXTURES if (place / "__init__.py").exists() else place
    found = {}
    for path in sorted(place.rglob("*.py")):
        module = ".".join(path.relative_to(base).with_suffix("").parts)
        for name, lines in _blocks(path):
            id = f"{module}.{name}" if name else module
            found[id] = read_block(id, lines)
    return found


def _findings(texts: list[str]) -> tuple[Finding, ...]:
    return () if texts == [NOTHING] else tuple(Finding.read(text) for text in texts)


def _read_routes(text: str) -> tuple[str, ...]:
    routes = _words(text, " ")
    if unknown := set(routes) - _ROUTES:
        raise UnreadableError(f"no such routes: {', '.join(sorted(unknown))}")
    return routes


def _words(text: str, separator: str) -> tuple[str, ...]:
    return tuple(text.split(separator)) if text else ()


def _blocks(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the comments that say what is shown, each with the class below it, "" for the module.

    Line by line, since some of the fixtures are no Python.
    """
    text = path.read_bytes()
    encoding = "latin-1" if text.startswith(b"# coding: latin-1") else "utf-8"
    lines = text.decode(encoding, "replace").splitlines()
    block: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#") and (block or _is_first(line)):
            block.append(line)
        elif block and (match := _SUBJECT.match(line)):
            yield match[1] or match[2], block
            block = []
        elif block and line.startswith('"""') and number == len(block) + 1:
            yield "", block
            block = []
        elif block and not line.startswith(("@", " ", ")")):
            raise UnreadableError(f"{path}:{number}: what is shown stands above no class")


def _is_first(line: str) -> bool:
    return line.startswith((f"# {SHOWS}", f"# {KERAS_2}", f"# {WITHOUT_SPEC}"))
