"""The table of routes, and the files that it names."""

from __future__ import annotations

from maskcheck.model.route import DEFAULT_ROUTES, ROUTE_TABLE, ROUTES
from tests.paths import ROOT


def test_each_route_has_its_file_in_the_lab_and_each_file_its_route() -> None:
    files = {path.stem for path in (ROOT / "maskcheck/lab/routes").glob("*.py")} - {"__init__"}
    assert {route.module for route in ROUTE_TABLE} == files


def test_names_are_unique_and_the_default_ones_come_first() -> None:
    assert len(set(ROUTES)) == len(ROUTES)
    assert ROUTES[: len(DEFAULT_ROUTES)] == DEFAULT_ROUTES
