"""Keras 2: its own fixtures, and those of Keras 3 that run under both, with what differs and why."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from maskcheck.rules.base.format_limits import LIMITS
from tests.scans.expected import read
from tests.scans.fixture_scan import Finding, Layer, Scan, codes, failed_findings, scan
from tests.scans.fixture_scan import every_route as scan_every_route

pytestmark = pytest.mark.skipif(find_spec("tf_keras") is None, reason="tf_keras is not installed")

# What a route cannot carry, by the limits of Keras 2 alone: class, subject and route.
LIMITED = {
    ("NamedLikeBuiltinHealthy", "activation", "h5"),
    ("Nameless", "weights", "tf-checkpoint"),
}
# Layers of which Python cannot make a copy, of what they hold or under a mixed dtype policy.
UNCOPIED = ("Penalised", "BuiltTwice")
SEEDS = {name.removeprefix("seeds."): fixture for name, fixture in read("seeds").items()}
BY_ROUTE = {fixture.name: fixture for id, fixture in read("faults").items() if ".by_route." in id}
# The same group for the tests of one scan.
seeds_scan, routes_scan, legacy_scan = (
    pytest.mark.xdist_group(name) for name in ("legacy seeds", "legacy routes", "legacy")
)


def by_name(done: Scan) -> dict[str, Layer]:
    assert done.exit_code == 1, done.stderr
    return {name.rpartition(".")[2]: layer for name, layer in done.layers.items()}


@pytest.fixture(scope="module")
def legacy() -> Scan:
    return scan("legacy")


@pytest.fixture(scope="module")
def layers(legacy: Scan) -> dict[str, Layer]:
    return by_name(legacy)


@pytest.fixture(scope="module")
def seeds() -> dict[str, Layer]:
    layers = scan("seeds", legacy=True).layers
    return {name.removeprefix("seeds."): layer for name, layer in layers.items()}


@pytest.fixture(scope="module")
def every_route() -> Scan:
    return scan_every_route("faults", "by_route.py", legacy=True)


@pytest.fixture(scope="module")
def other_routes() -> Scan:
    routes = [f"--route={route}" for route in ("h5", "tf-checkpoint", "export")]
    names = [f"--only={name}" for name in (*(name for name, _, _ in LIMITED), "InSet")]
    return scan("legacy", options=("--format", "json", "--no-probe", *routes, *names))


@legacy_scan
def test_imports_choose_tf_keras_and_the_report_names_it(legacy: Scan) -> None:
    versions = legacy.report["versions"]
    assert versions["tf_keras"] == versions["keras"]
    assert versions["keras"].startswith("2.")


@seeds_scan
@pytest.mark.parametrize("name", SEEDS)
def test_seed_shows_the_same_but_that_it_is_not_registered(seeds: dict[str, Layer], name: str) -> None:
    found = [code for code in codes(seeds[name], "error", "warning") if code != "MC603"]
    told = [finding for finding in SEEDS[name].keras_2 if finding.severity != "note"]
    assert found == sorted(finding.rule for finding in told if finding.rule != "MC603")


@seeds_scan
@pytest.mark.parametrize("name", [name for name in SEEDS if name.startswith("corrected.")])
def test_corrected_seed_conforms(seeds: dict[str, Layer], name: str) -> None:
    assert seeds[name]["findings"] == []
    assert seeds[name]["arguments"]["unproven"] == []


@routes_scan
@pytest.mark.parametrize("name", BY_ROUTE)
def test_fault_of_one_route_is_found_there(every_route: Scan, name: str) -> None:
    found = failed_findings(by_name(every_route)[name], "error", "warning")
    shown = [finding for finding in BY_ROUTE[name].keras_2 if finding.severity != "note"]
    assert [each["rule"] for each in found] == [each.rule for each in shown]
    for each, finding in zip(found, shown, strict=True):
        if finding.routes:
            assert (each["severity"], set(each["routes"])) == (finding.severity, set(finding.routes))


@legacy_scan
def test_a_saved_model_does_not_know_the_layers_in_a_set(other_routes: Scan) -> None:
    (finding,) = failed_findings(by_name(other_routes)["InSet"], "error")
    assert (finding["rule"], finding["routes"]) == ("MC601", ["export"])


@legacy_scan
def test_limits_of_keras_2_are_met_and_are_no_errors(other_routes: Scan) -> None:
    reasons = {limit.reason for limit in LIMITS if limit.until}
    found = by_name(other_routes).items()
    notes = [
        (name, note) for name, layer in found for note in failed_findings(layer) if _reason(note) in reasons
    ]
    assert {(name, note["subject"], route) for name, note in notes for route in note["routes"]} >= LIMITED
    assert {_reason(note) for _, note in notes} == reasons


@legacy_scan
@pytest.mark.parametrize("name", UNCOPIED)
def test_what_python_cannot_copy_is_skipped_with_the_reason(layers: dict[str, Layer], name: str) -> None:
    checks = [check for check in layers[name]["checks"] if check["route"] == "deepcopy"]
    skipped = [check for check in checks if "leaves it to Python" in check.get("reason", "")]
    assert skipped
    assert {check["status"] for check in skipped} == {"skipped"}


def _reason(finding: Finding) -> str:
    return str(finding["message"].rpartition(" (")[0])
