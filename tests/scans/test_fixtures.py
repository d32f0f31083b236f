"""Scans each folder of fixtures once, and holds what is found against what stands above each class."""

from __future__ import annotations

import pytest

from tests.scans.expected import Finding, Fixture, read
from tests.scans.fixture_scan import Layer, Scan, codes, every_route, failed_findings, parameters, scan

OPTIONS = {
    # A limit that the layers which hang use up.
    "hostile": ("--format", "json", "--timeout", "10"),
    # Recurrent layers have many arguments to prove.
    "cases": ("--format", "json", "--timeout", "180"),
}
FOLDERS = ("seeds", "faults", "modes", "legacy", "hostile", "cases")
NEED_A_SPEC = ("seeds", "faults", "modes")
# Classes that a loop makes in fixtures/hostile/many.py, above which nothing can stand.
MADE_IN_A_LOOP = "many.Layer"
EVERY = [(folder, fixture) for folder in FOLDERS for fixture in read(folder).values()]
SHOWN = [(folder, fixture) for folder, fixture in EVERY if fixture.usual]
HEALTHY = [(folder, fixture) for folder, fixture in EVERY if not fixture.usual]
FAULTS = [("faults", fixture) for fixture in read("faults").values()]


def scanned(folder: str) -> Scan:
    """Return the scan of a folder by its spec."""
    done = scan(folder, options=OPTIONS.get(folder, ("--format", "json")))
    assert done.exit_code == 1, done.stderr
    return done


def matches(finding: Finding, layer: Layer) -> bool:
    """Tell whether the layer has a finding that names what is wrong, or what it names instead."""
    subjects = [found["subject"] for found in failed_findings(layer) if found["rule"] == finding.rule]
    if finding.reported_as:
        return finding.reported_as in subjects
    return any({*subject.split(", ")} & {*finding.names} for subject in subjects)


@pytest.mark.parametrize("folder", parameters(FOLDERS))
def test_every_layer_has_its_comment(folder: str) -> None:
    layers = scanned(folder).layers
    checked = {name for name, layer in layers.items() if layer["verdict"] != "skipped"}
    assert {name for name in checked if not name.startswith(MADE_IN_A_LOOP)} == set(read(folder))


@pytest.mark.parametrize(("folder", "fixture"), parameters(EVERY))
def test_what_stands_above_the_class_is_found_and_nothing_else(folder: str, fixture: Fixture) -> None:
    layer = scanned(folder).layers[fixture.id]
    found = sorted((each["rule"], each["severity"]) for each in failed_findings(layer))
    assert found == sorted((each.rule, each.severity) for each in fixture.usual), failed_findings(layer)


@pytest.mark.parametrize(("folder", "fixture"), parameters(SHOWN))
def test_findings_name_what_is_wrong(folder: str, fixture: Fixture) -> None:
    layer = scanned(folder).layers[fixture.id]
    unnamed = [finding for finding in fixture.usual if finding.names and not matches(finding, layer)]
    assert unnamed == [], failed_findings(layer)
    for finding in failed_findings(layer):
        named = [each for each in fixture.usual if each.rule == finding["rule"] and each.names]
        names = {name for each in named for name in (*each.names, each.reported_as)}
        assert not named or {finding["subject"], *finding["subject"].split(", ")} & names, finding


@pytest.mark.parametrize(("folder", "fixture"), parameters(SHOWN))
def test_findings_say_what_and_where(folder: str, fixture: Fixture) -> None:
    for finding in failed_findings(scanned(folder).layers[fixture.id]):
        assert finding["message"]
        assert finding["file"].startswith(f"fixtures/{folder}/"), finding["file"]
        assert finding["line"] >= 1


@pytest.mark.parametrize(("folder", "fixture"), parameters(HEALTHY))
def test_healthy_layer_conforms(folder: str, fixture: Fixture) -> None:
    assert scanned(folder).layers[fixture.id]["verdict"] == "conform"


@pytest.mark.parametrize(("folder", "fixture"), parameters(FAULTS, "every route"))
def test_on_all_routes_the_same_is_found(folder: str, fixture: Fixture) -> None:
    layer = every_route(folder).layers[fixture.id]
    shown = [finding for finding in fixture.shows if finding.severity != "note"]
    assert codes(layer, "error", "warning") == sorted(finding.rule for finding in shown)


@pytest.mark.parametrize(
    ("folder", "fixture"),
    parameters([one for one in FAULTS if one[1].shows != one[1].usual], "every route"),
)
def test_what_single_routes_show_is_found_on_them(folder: str, fixture: Fixture) -> None:
    found = failed_findings(every_route(folder).layers[fixture.id])
    assert [(each["rule"], each["severity"], set(each["routes"])) for each in found] == [
        (each.rule, each.severity, set(each.routes)) for each in fixture.shows
    ]


@pytest.mark.parametrize("folder", parameters(NEED_A_SPEC))
def test_without_a_spec_the_verdicts_are_the_same_but_for_those_named(folder: str) -> None:
    with_spec, without = scanned(folder).layers, scan(folder, by_spec=False).layers
    assert with_spec.keys() == without.keys()
    differ = {name for name in with_spec if with_spec[name]["verdict"] != without[name]["verdict"]}
    print(f"{folder}: {len(without) - len(differ)} of {len(without)} classes judged as with their spec")
    assert differ == {name for name, fixture in read(folder).items() if fixture.without_spec}
