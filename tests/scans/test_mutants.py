"""The mutation check: what it plants and how it counts; and each kind of fault once, found by a real scan."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.specfile.read.load import load_spec
from tests.mutants.controls import CONTROLS
from tests.mutants.hosts import FAMILIES, hosts
from tests.mutants.kinds import KINDS
from tests.mutants.plan import HOSTS_PER_KIND, Mutant, Plan, plan
from tests.mutants.render import module
from tests.mutants.results import LEAST, Result, Results, results
from tests.mutants.run import Scan, scan, write
from tests.mutants.spec import spec
from tests.mutants.table import table

# One that keeps weights, one that has none, and one of several inputs.
FEW = ("LayerNormalization", "UpSampling2D", "Concatenate", "Rescaling")
MUTANT = Mutant("extended.add.AddRounded", "rounded", ("MC102",), ("gain",))


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(hosts(), KINDS, CONTROLS)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("mutants")
    few = plan(hosts(FEW), KINDS, CONTROLS, 1)
    write(few, folder)
    return results(few, scan(folder))


def _scan(told: dict[str, list[tuple[str, str, str]]]) -> Scan:
    keys = ("rule", "subject", "severity")
    return Scan(
        {
            name: {"findings": [{**dict(zip(keys, one, strict=True)), "message": ""} for one in findings]}
            for name, findings in told.items()
        },
        1.0,
    )


def test_every_kind_is_planted_in_layers_of_every_family(planned: Plan) -> None:
    counts = Counter(mutant.kind for mutant in planned.mutants)
    every = hosts()
    able = {kind.name: sum(kind.plant(host) is not None for host in every) for kind in KINDS}
    assert min(able.values()) >= 2
    assert counts == {name: min(HOSTS_PER_KIND, hosts_able) for name, hosts_able in able.items()}
    used = {host.name for host, classes in planned.classes.items() if classes}
    assert len(used) >= 40
    assert all(used & set(family) for family in FAMILIES.values())


def test_every_class_has_a_name_of_its_own_and_source_that_parses(planned: Plan) -> None:
    for host, classes in planned.classes.items():
        tree = ast.parse(module(host, classes))
        names = [node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.bases]
        assert {name for name, _ in classes} <= set(names)
        assert len(names) == len(set(names))


def test_a_fault_changes_the_layer_that_it_is_planted_in(planned: Plan) -> None:
    for host in planned.classes:
        faults = [fault for kind in KINDS if (fault := kind.plant(host))]
        assert all(fault.healthy != fault.faulty for fault in faults)


def test_the_same_is_planted_every_time(planned: Plan) -> None:
    again = plan(hosts(), KINDS, CONTROLS)
    assert spec(again) == spec(planned)
    assert again.mutants == planned.mutants


def test_the_spec_has_a_case_for_every_class(planned: Plan, tmp_path: Path) -> None:
    path = tmp_path / "maskcheck.yaml"
    path.write_text(spec(planned))
    written = {layer.name for layer in load_spec(str(path)).layers}
    assert written == {*planned.twins, *(mutant.id for mutant in planned.mutants)}


def test_unknown_hosts_are_refused() -> None:
    with pytest.raises(ValueError, match="no layers of the mutation check: Dens;"):
        hosts(["Dens"])


@pytest.mark.parametrize(
    ("told", "marks"),
    [
        ([("MC102", "gain", "error")], (True, True, True)),
        ([("MC102", "gain, shift", "error"), ("MC001", "x", "note")], (True, True, True)),
        ([("MC102", "config", "error"), ("MC401", "gain", "error")], (True, False, False)),
        ([("MC401", "gain", "error")], (False, False, True)),
        ([], (False, False, False)),
    ],
)
def test_what_counts_as_found_named_and_alone(
    told: list[tuple[str, str, str]], marks: tuple[bool, bool, bool]
) -> None:
    (result,) = results(Plan({}, (MUTANT,), ()), _scan({MUTANT.id: told})).mutants
    assert (result.found, result.named, result.alone) == marks


def test_shares_are_of_all_mutants() -> None:
    told = {MUTANT.id: [("MC102", "gain", "error")], "extended.add.AddOther": []}
    other = replace(MUTANT, id="extended.add.AddOther")
    both = results(Plan({}, (MUTANT, other), ()), _scan(told))
    assert (both.named, both.alone, both.passed) == (0.5, 0.5, False)
    assert results(Plan({}, (MUTANT,), ()), _scan(told)).passed


def test_table_lists_what_went_wrong() -> None:
    told = _scan(
        {MUTANT.id: [("MC401", "outputs", "error")], "extended.add.AddTwin1": [("MC108", "x", "warning")]}
    )
    wrong = results(Plan({}, (MUTANT,), ("extended.add.AddTwin1",)), told)
    text = "\n".join(table(wrong))
    assert not wrong.passed
    assert "twins without a fault: 1, false alarms: 1\n  extended.add.AddTwin1: MC108 x" in text
    assert "not found: 1\n  extended.add.AddRounded (MC102 gain): MC401 outputs" in text


def test_a_scan_finds_every_kind_of_fault(found: Results) -> None:
    assert [_told(result) for result in found.mutants if not result.found] == []


def test_a_scan_names_what_was_planted_and_says_it_once(found: Results) -> None:
    assert min(found.named, found.alone) >= LEAST, "\n".join(table(found))


def test_a_scan_says_nothing_of_correct_layers(found: Results) -> None:
    assert found.alarms == {}


def _told(result: Result) -> str:
    return f"{result.mutant.id}: {[(f['rule'], f['subject']) for f in result.told]}"
