"""Keras 2: its own fixtures, and those of Keras 3 that run under both, with what differs and why."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from maskcheck.rules.base.format_limits import LIMITS
from tests.scans.faults_by_route import BY_ROUTE
from tests.scans.fixture_scan import Finding, Layer, Scan, codes, scan, told
from tests.scans.test_faults import EXPECTED as USUAL
from tests.scans.test_seeds import CORRECTED, FAULTS, NAMES

pytestmark = pytest.mark.skipif(find_spec("tf_keras") is None, reason="tf_keras is not installed")

# What is found in the layers of fixtures/legacy on the usual routes; nothing in the others.
EXPECTED = {
    "MissingKey": ["MC101"],
    "OnesForTuples": ["MC107"],
    "ArrayInConfig": ["MC107"],
    "GainedDense": ["MC101"],
    "NamedLikeBuiltin": ["MC604"],
    "MaskZeroLost": ["MC101"],
    "DrawnInBuild": ["MC202"],
    "InNestedList": ["MC301"],
    "OrderSwapped": ["MC303"],
    "ActivationReplaced": ["MC204"],
    "PenalisedTwice": ["MC403"],
    "WeightsInList": ["MC302"],
    "ModelBuiltTwice": ["MC301"],
}
HEALTHY = (
    "Control",
    "Automatic",
    "AutomaticWithoutKwargs",
    "OnesForTuplesHealthy",
    "ArrayInConfigHealthy",
    "GainedDenseHealthy",
    "NamedLikeBuiltinHealthy",
    "MaskZeroKept",
    "Penalised",
    "PenalisedKept",
    "PlainVariable",
    "Nameless",
    "DrawnInBuildHealthy",
    "InNestedListHealthy",
    "InSet",  # on the usual routes, all of which walk sets: see below
    "OrderKept",
    "ActivationGiven",
    "BuiltTwice",
    "PenalisedOnce",
    "WeightsInListHealthy",
    "ModelBuiltOnce",
)
# What a route cannot carry, by the limits of Keras 2 alone: class, subject and route.
LIMITED = {
    ("NamedLikeBuiltinHealthy", "activation", "h5"),
    ("Nameless", "weights", "tf-checkpoint"),
}
# Layers of which Python cannot make a copy, of what they hold or under a mixed dtype policy.
UNCOPIED = ("Penalised", "BuiltTwice")
# What Keras 2 finds otherwise than Keras 3 in the layers that run under both.
SEEDS = {
    # Without a get_config of its own a layer is written with what __init__ takes, and nothing else.
    "external_data.MyCustomLayer": [],
}
ROUTES: dict[str, list[tuple[str, str, set[str]]]] = {
    # Keras 2 has lists that TensorFlow tracks.
    "ListInCheckpoint": [],
}


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
    options = ("--format", "json", "--route", "all", "--timeout", "600")
    return scan("faults", "by_route.py", options=options, legacy=True)


@pytest.fixture(scope="module")
def other_routes() -> Scan:
    routes = [f"--route={route}" for route in ("h5", "tf-checkpoint", "export")]
    names = [f"--only={name}" for name in (*(name for name, _, _ in LIMITED), "InSet")]
    return scan("legacy", options=("--format", "json", "--no-probe", *routes, *names))


def test_imports_choose_tf_keras_and_the_report_names_it(legacy: Scan) -> None:
    versions = legacy.report["versions"]
    assert versions["tf_keras"] == versions["keras"]
    assert versions["keras"].startswith("2.")


def test_no_layer_is_missing(layers: dict[str, Layer]) -> None:
    assert set(layers) == {*EXPECTED, *HEALTHY}


@pytest.mark.parametrize("name", EXPECTED)
def test_fault_is_found_once(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == EXPECTED[name]


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_layer_conforms(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == []
    assert layers[name]["verdict"] == "conform"


@pytest.mark.parametrize("name", NAMES)
def test_fault_of_a_seed_is_found(seeds: dict[str, Layer], name: str) -> None:
    found = [code for code in codes(seeds[f"described.{name}"], "error", "warning") if code != "MC603"]
    assert found == SEEDS.get(name, FAULTS[name])


@pytest.mark.parametrize("name", NAMES)
def test_corrected_seed_conforms(seeds: dict[str, Layer], name: str) -> None:
    layer = seeds[f"corrected.{CORRECTED[name]}"]
    assert layer["findings"] == []
    assert layer["arguments"]["unproven"] == []


@pytest.mark.parametrize("name", [name for name in BY_ROUTE if name != "FormatLimit"])
def test_fault_of_one_route_is_found_there(every_route: Scan, name: str) -> None:
    layer = by_name(every_route)[name]
    found = [
        (each["rule"], each["severity"], set(each["routes"])) for each in told(layer, "error", "warning")
    ]
    assert found == ROUTES.get(name, [BY_ROUTE[name]])


def test_fault_and_healthy_twin_are_told_apart_on_every_route(every_route: Scan) -> None:
    found = {name: codes(layer, "error", "warning") for name, layer in by_name(every_route).items()}
    for name in (name for name in found if f"{name}Healthy" in found and name not in BY_ROUTE):
        assert found[name] == [USUAL[name]]
    assert [name for name in found if name.endswith("Healthy") and found[name]] == []


def test_a_saved_model_does_not_know_the_layers_in_a_set(other_routes: Scan) -> None:
    (finding,) = told(by_name(other_routes)["InSet"], "error")
    assert (finding["rule"], finding["routes"]) == ("MC601", ["export"])


def test_limits_of_keras_2_are_met_and_are_no_errors(other_routes: Scan) -> None:
    reasons = {limit.reason for limit in LIMITS if limit.until}
    found = by_name(other_routes).items()
    notes = [(name, note) for name, layer in found for note in told(layer) if _reason(note) in reasons]
    assert {(name, note["subject"], route) for name, note in notes for route in note["routes"]} >= LIMITED
    assert {_reason(note) for _, note in notes} == reasons


@pytest.mark.parametrize("name", UNCOPIED)
def test_what_python_cannot_copy_is_skipped_with_the_reason(layers: dict[str, Layer], name: str) -> None:
    checks = [check for check in layers[name]["checks"] if check["route"] == "deepcopy"]
    skipped = [check for check in checks if "leaves it to Python" in check.get("reason", "")]
    assert skipped
    assert {check["status"] for check in skipped} == {"skipped"}


def _reason(finding: Finding) -> str:
    return str(finding["message"].rpartition(" (")[0])
