"""What else must hold of the faults and their healthy twins: causes, proven arguments, other routes."""

from __future__ import annotations

import pytest

from maskcheck.model.route import ROUTE_TABLE
from tests.scans.expected import read
from tests.scans.fixture_scan import ROOT, Layer, every_route, failed_findings, scan

HEALTHY = [fixture.name for fixture in read("faults").values() if not fixture.shows]
# For each route that is not taken unless it is asked for, a class whose fault it shows.
PLANTED = {
    "pickle": "PickledByHand",
    "h5": "FormatLimit",
    "clone": "ClonedAlive",
    "json": "FormatLimit",
    "tf-checkpoint": "ListInCheckpoint",
    "export": "BatchInGraph",
}
# What Keras and TensorFlow say when they write these formats, which no user of maskcheck asked for.
CHATTER = ("WARNING:absl", "Saved artifact", "Assets written", "considered legacy")
usual = pytest.mark.xdist_group("faults")
on_every_route = pytest.mark.xdist_group("faults every route")


@pytest.fixture(scope="module")
def layers() -> dict[str, Layer]:
    return {name.rpartition(".")[2]: layer for name, layer in scan("faults").layers.items()}


@usual
@pytest.mark.parametrize(
    ("name", "cause", "line"),
    [
        ("Unstable", ": call reads time.time_ns", "seed = (time.time_ns()"),
        ("UnstableLoaded", "from_config draws from uuid.uuid4", "layer.label = uuid.uuid4().hex"),
        ("UnstableShared", "__init__ changes UnstableShared.made", "UnstableShared.made += 1"),
        ("AttributeRandom", "(build draws from np.random.default_rng without a seed)", "draw = np.random"),
    ],
)
def test_the_cause_of_what_is_unstable_is_named(
    layers: dict[str, Layer], name: str, cause: str, line: str
) -> None:
    (finding,) = failed_findings(layers[name])
    assert cause in finding["message"]
    text = (ROOT / finding["file"]).read_text().splitlines()[finding["line"] - 1]
    assert text.strip().startswith(line)


@usual
@pytest.mark.parametrize("name", HEALTHY)
def test_every_given_argument_of_a_healthy_twin_is_proven(layers: dict[str, Layer], name: str) -> None:
    unproven = [argument["name"] for argument in layers[name]["arguments"]["unproven"]]
    assert unproven == (["factor"] if name == "StaleExpectationHealthy" else [])


@usual
def test_an_expected_failure_is_still_told(layers: dict[str, Layer]) -> None:
    findings = layers["StaleExpectationHealthy"]["findings"]
    assert [(finding["rule"], finding["status"]) for finding in findings] == [("MC101", "expected")]


@on_every_route
@pytest.mark.parametrize("route", [route.name for route in ROUTE_TABLE if not route.default])
def test_every_route_shows_a_planted_fault(route: str) -> None:
    layers = {name.rpartition(".")[2]: layer for name, layer in every_route("faults").layers.items()}
    shown = [finding for finding in failed_findings(layers[PLANTED[route]]) if route in finding["routes"]]
    assert len(shown) == 1


@on_every_route
def test_formats_are_written_in_silence() -> None:
    done = every_route("faults")
    assert [words for words in CHATTER if words in done.stdout + done.stderr] == []
