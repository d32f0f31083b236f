"""Scans ``fixtures/modes`` once and compares what is found, mode by mode, with the table."""

from __future__ import annotations

import re

import pytest

from tests.scans.fixture_scan import Layer, scan
from tests.scans.modes_parts import EXPECTED as PARTS
from tests.scans.modes_parts import OUT_OF_REACH as PARTS_OUT_OF_REACH
from tests.scans.modes_parts import ROOTS
from tests.scans.modes_table import EXPECTED as TABLE
from tests.scans.modes_table import OUT_OF_REACH

EXPECTED = {**TABLE, **PARTS}
FAULTY = [name for name, faults in EXPECTED.items() if faults]
GREEN = [name for name, faults in EXPECTED.items() if not faults]


@pytest.fixture(scope="session")
def scanned() -> dict[str, Layer]:
    """The layers of the scan's JSON report, by class name."""
    done = scan("modes")
    assert done.exit_code == 1, done.stderr
    return {name.rpartition(".")[2]: layer for name, layer in done.layers.items()}


def found(layer: Layer, *severities: str) -> list[str]:
    return [finding["rule"] for finding in layer["findings"] if finding["severity"] in severities]


def wanted(name: str, *, failing: bool) -> list[str]:
    """The faults of the table that fail the run, or those that do not."""
    faults = EXPECTED[name].split()
    return [fault.removeprefix("~") for fault in faults if fault.startswith("~") != failing]


def is_shown(layer: Layer, name: str) -> bool:
    """Whether the layer has the faults of the table and no other error; more notes are free."""
    errors = sorted(found(layer, "error"))
    quiet = set(found(layer, "warning", "note"))
    return errors == sorted(wanted(name, failing=True)) and quiet >= set(wanted(name, failing=False))


def is_green(layer: Layer) -> bool:
    """Whether the layer was checked and nothing worse than a note was found."""
    return layer["verdict"] == "conform" and not found(layer, "error", "warning")


def section(name: str) -> str:
    """The section of a mode: its letter; the false negatives (FN) are about config keys."""
    return "A" if name.startswith("FN") else name[0]


@pytest.mark.parametrize("name", FAULTY)
def test_fault_is_reported_once_under_a_fitting_code(scanned: dict[str, Layer], name: str) -> None:
    layer = scanned[name]
    assert is_shown(layer, name), f"expected {EXPECTED[name]}, found {layer['findings']}"


@pytest.mark.parametrize("name", GREEN)
def test_healthy_layer_is_green(scanned: dict[str, Layer], name: str) -> None:
    layer = scanned[name]
    assert is_green(layer), f"{layer['verdict']}: {layer['findings']}"


@pytest.mark.parametrize("name", ROOTS)
def test_fault_of_a_part_is_named(scanned: dict[str, Layer], name: str) -> None:
    codes = PARTS[name].replace("~", "").split()
    subjects = [finding["subject"] for finding in scanned[name]["findings"] if finding["rule"] in codes]
    assert subjects
    assert all({*subject.split(", ")} & {*ROOTS[name]} for subject in subjects), subjects


def test_table_and_scan_name_the_same_layers(scanned: dict[str, Layer]) -> None:
    checked = {name for name, layer in scanned.items() if layer["verdict"] != "skipped"}
    assert checked == set(EXPECTED)


def test_what_is_out_of_reach_is_expected_green() -> None:
    assert {*OUT_OF_REACH, *PARTS_OUT_OF_REACH} <= set(GREEN)


def test_counts_by_section(scanned: dict[str, Layer], capsys: pytest.CaptureFixture[str]) -> None:
    modes = [name for name in EXPECTED if re.match(r"[A-Z]+\d", name)]
    missed = []
    with capsys.disabled():
        for letter in sorted({section(name) for name in modes}):
            here = [name for name in modes if section(name) == letter]
            faulty, green = [[n for n in here if n in group] for group in (FAULTY, GREEN)]
            shown = [name for name in faulty if is_shown(scanned[name], name)]
            clean = [name for name in green if is_green(scanned[name])]
            print(
                f"\nsection {letter}: {len(shown)}/{len(faulty)} faults shown, "
                f"{len(clean)}/{len(green)} healthy layers green"
            )
            missed += [name for name in here if name not in (*shown, *clean)]
    assert missed == []
