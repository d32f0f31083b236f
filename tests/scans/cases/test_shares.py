"""How many faults are named, and told once: the shares over all that is planted in a folder of fixtures."""

from __future__ import annotations

import pytest

from tests.scans.expected import read
from tests.scans.fixture_scan import failed_findings, parameters
from tests.scans.test_fixtures import FOLDERS, matches, scanned

NAMED, MORE = 0.98, 0.02


@pytest.mark.parametrize("folder", parameters(FOLDERS))
def test_nearly_all_faults_are_named_and_told_once(folder: str) -> None:
    layers, fixtures = scanned(folder).layers, read(folder)
    planted = [(name, each) for name, one in fixtures.items() for each in one.usual if each.names]
    named = [name for name, each in planted if matches(each, layers[name])]
    faulty = [name for name, one in fixtures.items() if one.usual]
    more = [name for name in faulty if len(failed_findings(layers[name])) > len(fixtures[name].usual)]
    print(
        f"{folder}: {len(named)} of {len(planted)} faults are named, "
        f"{len(more)} of {len(faulty)} classes have more findings than faults"
    )
    assert len(named) >= NAMED * len(planted)
    assert len(more) <= MORE * len(faulty), more
