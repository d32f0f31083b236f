"""The faults in configs, each mended; what they are and what a healthy twin is stands in the fixtures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.api.fix import fix
from maskcheck.errors import MaskcheckError
from tests.fixes.damage import list_damage
from tests.fixes.table import Trial, list_trials, write_table
from tests.paths import FIXTURES

MENDED = Trial("Scale", "MC101", "factor", is_error=True, reason="")


@pytest.mark.tensorflow
def test_every_fault_in_a_config_is_mended() -> None:
    faults = FIXTURES / "faults"
    fixes = fix(str(faults / "config"), spec=str(faults / "maskcheck.yaml"), unsafe=True)
    trials = list(list_trials(fixes))
    assert {trial.layer: trial.reason for trial in trials if trial.reason} == {}
    assert {trial.rule for trial in trials} >= {f"MC10{number}" for number in range(1, 10)}
    assert list(list_damage(fixes.contents, fixes.edited)) == []


def test_table_counts_what_is_mended() -> None:
    stays = replace(MENDED, subject="shift", reason="the edit that was tried is no cure: MC101 stays")
    decided = replace(MENDED, rule="MC608", reason="no edit is known for it: what is right has to be decided")
    lines = write_table([MENDED, stays, decided])
    assert "of 3 errors 1 are a matter of decision" in lines
    assert "of the other 2 1 are mended (50%)" in lines
    assert lines[-2:] == [f"MC101 Scale shift: {stays.reason}", f"MC608 Scale factor: {decided.reason}"]


def test_damage_is_seen() -> None:
    before = {"/m.py": b"import os\n\n\nclass AHealthy:\n    x = os\n"}
    after = {"/m.py": b"import os\n\n\nclass AHealthy:\n    x = 1\n"}
    found = list(list_damage(before, after))
    assert len(found) == 2
    assert found[0].startswith("/m.py: the linter now says F401")
    assert found[1] == "/m.py: AHealthy was changed"


def test_unknown_target_is_an_error() -> None:
    with pytest.raises(MaskcheckError, match="no module, file or folder 'nosuch'"):
        fix("nosuch")
