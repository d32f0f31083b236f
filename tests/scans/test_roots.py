"""A finding names what is wrong, and one fault gives one error: counted over the fixtures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.scans.fixture_scan import Finding, Layer, scan, told
from tests.scans.modes_table import EXPECTED as MODES
from tests.scans.roots import FAULTS as ROOTS_OF_FAULTS
from tests.scans.roots import MODES as ROOTS_OF_MODES
from tests.scans.test_faults import EXPECTED as FAULTS

LEAST = 0.95


@dataclass(frozen=True)
class Planted:
    """One faulty layer of the fixtures: the codes it must give, the names of the fault, what was told."""

    name: str
    codes: tuple[str, ...]
    roots: tuple[str, ...]
    layer: Layer

    @property
    def findings(self) -> list[Finding]:
        """Return the errors, and what is expected besides."""
        return [f for f in told(self.layer) if f["severity"] == "error" or f["rule"] in self.codes]

    @property
    def unnamed(self) -> list[Finding]:
        """Return the findings that name no part of the fault."""
        return [f for f in self.findings if not {*f["subject"].split(", ")} & {*self.roots}]

    @property
    def alone(self) -> bool:
        """Tell whether there are as many findings as faults."""
        return len(self.findings) == len(self.codes)


def planted(folder: str, expected: Mapping[str, str], roots: Mapping[str, str]) -> list[Planted]:
    layers = {name.rpartition(".")[2]: layer for name, layer in scan(folder).layers.items()}
    return [
        Planted(
            name, tuple(expected[name].replace("~", "").split()), tuple(roots[name].split()), layers[name]
        )
        for name in roots
    ]


@pytest.fixture(scope="module")
def faulty() -> list[Planted]:
    modes = planted("modes", MODES, ROOTS_OF_MODES)
    return [*modes, *planted("faults", FAULTS, ROOTS_OF_FAULTS)]


def test_every_fault_of_the_fixtures_has_its_root() -> None:
    faulty = {name for name, faults in MODES.items() if faults}
    for expected, roots in ((faulty, set(ROOTS_OF_MODES)), (set(FAULTS), set(ROOTS_OF_FAULTS))):
        assert sorted(expected - roots) == [], "say in tests/roots.py what is wrong in these"
        assert sorted(roots - expected) == [], "these are in tests/roots.py, and in no table of faults"


def test_findings_name_the_root(faulty: list[Planted], capsys: pytest.CaptureFixture[str]) -> None:
    rooted = [one for one in faulty if one.roots]
    count = sum(len(one.findings) for one in rooted)
    missed = [f"{one.name}: {f['rule']} {f['subject']}" for one in rooted for f in one.unnamed]
    with capsys.disabled():
        print(f"\n{count - len(missed)}/{count} findings in the fixtures name the root; not: {missed}")
    assert count - len(missed) >= LEAST * count


def test_one_fault_gives_one_error(faulty: list[Planted], capsys: pytest.CaptureFixture[str]) -> None:
    several = [f"{one.name}: {[f['rule'] for f in one.findings]}" for one in faulty if not one.alone]
    with capsys.disabled():
        print(f"\n{len(faulty) - len(several)}/{len(faulty)} faults give one finding; not: {several}")
    assert len(faulty) - len(several) >= LEAST * len(faulty)
