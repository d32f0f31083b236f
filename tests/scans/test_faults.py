"""Each rule fires on its planted fault, alone, and on nothing healthy."""

from __future__ import annotations

import re

import pytest

from tests.scans.faults_by_route import BY_ROUTE
from tests.scans.fixture_scan import ROOT, Layer, Scan, codes, scan, told

# The faulty class of each file, and all that must be found in it.
EXPECTED = {
    "NoCase": "MC002",
    "ConstructFailed": "MC003",
    "CallFailed": "MC004",
    "Unstable": "MC007",
    "UnstableLoaded": "MC007",
    "UnstableShared": "MC007",
    "StaleExpectation": "MC008",
    "ArgumentMissing": "MC101",
    "ArgumentAltered": "MC102",
    "ConfigRejected": "MC103",
    "ConfigIgnored": "MC104",
    "BaseConfigLost": "MC105",
    "BaseConfigLostLater": "MC105",
    "ConfigUnserializable": "MC106",
    "ConfigDrift": "MC107",
    "ConfigImpure": "MC108",
    "ClassDegraded": "MC109",
    "AttributeLost": "MC201",
    "AttributeRandom": "MC202",
    "IdentityLost": "MC203",
    "SublayerChanged": "MC204",
    "WeightNotRestored": "MC301",
    "WeightMissing": "MC302",
    "WeightsSwapped": "MC303",
    "VariableUntracked": "MC304",
    "TrainableChanged": "MC305",
    "WeightTypeChanged": "MC306",
    "OwnStateAsymmetric": "MC307",
    "StateNotSaved": "MC308",
    "CompileStateLost": "MC309",
    "OutputChanged": "MC401",
    "OutputShapeChanged": "MC402",
    "LossChanged": "MC403",
    "TrainingChanged": "MC404",
    "OutputShapeMisstated": "MC405",
    "SupportsMaskingChanged": "MC501",
    "MaskLost": "MC502",
    "MaskChanged": "MC503",
    "SaveFailed": "MC601",
    "LoadFailed": "MC602",
    "LoadFailedAlone": "MC602",
    "NotRegistered": "MC603",
    "NotRegisteredElsewhere": "MC603",
    "RegistrationCollision": "MC604",
    "FreshProcessDiffers": "MC605",
    "FreshPolicy": "MC605",
    "FreshFormat": "MC605",
    "FreshState": "MC605",
    "UnsafeLoad": "MC606",
    "DtypeBehaviourChanged": "MC701",
    "DtypeWritten": "MC701",
    "DtypeLowered": "MC701",
    "Int8Forgotten": "MC204",
    "LoraForgotten": "MC302",
    "ClonedAlive": "MC103",
    "PickledByHand": "MC301",
}
# All of these, and those that other routes than the usual ones show.
CODES = {**EXPECTED, **{name: code for name, (code, *_) in BY_ROUTE.items()}}
WARNINGS = {
    "Unstable",
    "UnstableLoaded",
    "UnstableShared",
    "LoadFailedAlone",
    "NotRegistered",
    "UnsafeLoad",
} | {"OutputShapeMisstated"}
NOTES = {"StateNotSaved", "DtypeBehaviourChanged"}
# What other files show: modules that do not import, layers that crash or hang (fixtures/hostile),
# that prove less than the command line asks for, or that follow the device (fixtures/devices).
ELSEWHERE = {"MC001", "MC005", "MC006", "MC009", "MC702"}


@pytest.fixture(scope="module")
def scanned() -> Scan:
    return scan("faults")


@pytest.fixture(scope="module")
def layers(scanned: Scan) -> dict[str, Layer]:
    return {name.rpartition(".")[2]: layer for name, layer in scanned.layers.items()}


def test_every_layer_is_named_in_the_table(scanned: Scan, layers: dict[str, Layer]) -> None:
    assert scanned.exit_code == 1, scanned.stderr
    assert set(layers) == {*CODES, *(f"{name}Healthy" for name in CODES)}


def test_every_rule_has_its_file() -> None:
    files = {path.stem for path in (ROOT / "fixtures/faults").glob("mc*.py")}
    first = {code: name for name, code in reversed(CODES.items())}
    words = {code: re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for code, name in first.items()}
    assert files == {f"{code.lower()}_{name}" for code, name in words.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_fault_is_found_once(layers: dict[str, Layer], name: str) -> None:
    severity = "warning" if name in WARNINGS else "note" if name in NOTES else "error"
    found = [(finding["rule"], finding["severity"]) for finding in told(layers[name])]
    assert found == [(EXPECTED[name], severity)]


@pytest.mark.parametrize("name", EXPECTED)
def test_finding_says_where_and_what(layers: dict[str, Layer], name: str) -> None:
    for finding in told(layers[name]):
        assert finding["message"]
        assert finding["file"].startswith("fixtures/faults/"), finding["file"]
        assert finding["line"] >= 1


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
    (finding,) = told(layers[name])
    assert cause in finding["message"]
    text = (ROOT / finding["file"]).read_text().splitlines()[finding["line"] - 1]
    assert text.strip().startswith(line)


@pytest.mark.parametrize("name", [*BY_ROUTE, *(f"{name}Healthy" for name in CODES)])
def test_healthy_twin_conforms(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == []
    assert layers[name]["verdict"] == "conform"


@pytest.mark.parametrize("name", [f"{name}Healthy" for name in CODES])
def test_every_given_argument_of_a_healthy_twin_is_proven(layers: dict[str, Layer], name: str) -> None:
    unproven = [argument["name"] for argument in layers[name]["arguments"]["unproven"]]
    assert unproven == (["factor"] if name == "StaleExpectationHealthy" else [])


def test_an_expected_failure_is_still_told(layers: dict[str, Layer]) -> None:
    findings = layers["StaleExpectationHealthy"]["findings"]
    assert [(finding["rule"], finding["status"]) for finding in findings] == [("MC101", "expected")]


def test_every_rule_of_these_routes_has_a_fault(layers: dict[str, Layer]) -> None:
    from maskcheck.rules.registry import RULES

    later = {"MC702"}
    assert {rule.code for rule in RULES} - ELSEWHERE - later == set(CODES.values())
