"""On all routes together each planted fault is found once still, and nothing on anything healthy."""

from __future__ import annotations

import pytest

from maskcheck.model.route import ROUTE_TABLE
from tests.scans.faults_by_route import BY_ROUTE, PLANTED
from tests.scans.fixture_scan import Layer, Scan, codes, scan, told
from tests.scans.test_faults import EXPECTED, NOTES

HEALTHY = [f"{name}Healthy" for name in (*EXPECTED, *BY_ROUTE)]
# What Keras and TensorFlow say when they write these formats, which no user of maskcheck asked for.
CHATTER = ("WARNING:absl", "Saved artifact", "Assets written", "considered legacy")


@pytest.fixture(scope="module")
def scanned() -> Scan:
    return scan("faults", options=("--format", "json", "--route", "all", "--timeout", "600"))


@pytest.fixture(scope="module")
def layers(scanned: Scan) -> dict[str, Layer]:
    return {name.rpartition(".")[2]: layer for name, layer in scanned.layers.items()}


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in NOTES])
def test_fault_is_found_once(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == [EXPECTED[name]]


@pytest.mark.parametrize("name", BY_ROUTE)
def test_fault_is_found_on_its_routes(layers: dict[str, Layer], name: str) -> None:
    found = [(finding["rule"], finding["severity"], set(finding["routes"])) for finding in told(layers[name])]
    assert found == [BY_ROUTE[name]]


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_twin_conforms(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == []


@pytest.mark.parametrize("route", [route.name for route in ROUTE_TABLE if not route.default])
def test_every_route_shows_a_planted_fault(layers: dict[str, Layer], route: str) -> None:
    shown = [finding for finding in told(layers[PLANTED[route]]) if route in finding["routes"]]
    assert len(shown) == 1


def test_formats_are_written_in_silence(scanned: Scan) -> None:
    assert [words for words in CHATTER if words in scanned.stdout + scanned.stderr] == []
