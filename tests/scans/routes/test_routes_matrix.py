"""Scans ``fixtures/modes`` once on all routes and compares mode by route with the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.scans.expected import read
from tests.scans.fixture_scan import Layer, every_route, failed_findings
from tests.scans.routes.routes_table import MODES, ROUTES

pytestmark = pytest.mark.xdist_group("modes every route")

_MODE = re.compile(r"[A-Z]\d+[a-z]*(?=[A-Z])")
# A mode, the class that shows it, and what was got: x where a finding names the route, . where none does,
# and ! where one is an error.
Row = tuple[str, str, str]


def got(layer: Layer, route: str) -> str:
    """Return the letter of one route; what is found before all routes is found on each."""
    here = [
        finding for finding in failed_findings(layer) if not finding["routes"] or route in finding["routes"]
    ]
    errors = any(finding["severity"] == "error" for finding in here)
    return "!" if errors else "x" if here else "."


def differs(expected: str, letter: str) -> bool:
    """Tell whether a loss was passed over, or something whole called an error."""
    return letter == "." if expected in "SLB" else letter == "!"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    found = every_route("modes")
    assert found.exit_code == 1, found.stderr
    names = {name.rpartition(".")[2]: layer for name, layer in found.layers.items()}
    modes = {name: match.group() for name in names if (match := _MODE.match(name))}
    return [
        (mode, name, "".join(got(names[name], route) for route in ROUTES))
        for name, mode in modes.items()
        if mode in MODES and names[name]["verdict"] != "skipped"
    ]


def differences(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield the class and the route of every difference from the table."""
    for mode, name, letters in rows:
        expected = MODES[mode] * (len(ROUTES) if MODES[mode] == "B" else 1)
        for route, wanted, letter in zip(ROUTES, expected, letters, strict=True):
            if differs(wanted, letter):
                yield name, route


def test_every_mode_has_a_class(rows: list[Row]) -> None:
    assert set(MODES) - {mode for mode, _, _ in rows} == set()


def test_every_difference_is_explained(rows: list[Row]) -> None:
    found = list(differences(rows))
    print(f"mode by route, expected and got: {' '.join(ROUTES)}")
    for mode, name, letters in rows:
        marks = " ".join(route for other, route in found if other == name)
        print(f"  {mode:6} {MODES[mode]:8} {letters}  {marks}".rstrip())
    print(f"{len(found)} of {len(rows) * len(ROUTES)} differ, each for a reason above its class")
    explained = {(one.name, route) for one in read("modes").values() for route in one.other_routes}
    assert set(found) == explained
