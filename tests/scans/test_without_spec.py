"""Scans the fixtures without their specs: the verdicts are the same, but for those that are named."""

from __future__ import annotations

import pytest

from tests.scans.fixture_scan import scan
from tests.scans.without_spec import NEEDED


@pytest.mark.parametrize("folder", NEEDED)
def test_the_verdicts_are_those_that_the_spec_gives(folder: str) -> None:
    with_spec, without = (scan(folder, by_spec=by_spec).layers for by_spec in (True, False))
    assert with_spec.keys() == without.keys()
    differ = {
        name.removeprefix(f"{folder}.")
        for name in with_spec
        if with_spec[name]["verdict"] != without[name]["verdict"]
    }
    print(f"{folder}: {len(without) - len(differ)} of {len(without)} classes judged as with their spec")
    assert differ == NEEDED[folder].keys()
