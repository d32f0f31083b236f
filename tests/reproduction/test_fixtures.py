"""Every script that is written for a fault fails on it, and passes on its healthy twin."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from maskcheck.rules.registry import find_rule
from tests.paths import ROOT
from tests.scans.fixture_scan import scan

pytestmark = [pytest.mark.tensorflow, pytest.mark.xdist_group("faults")]
# What no script shows of a rule whose findings may have one, with the reason.
WITHOUT: dict[str, str] = {}


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of each error of the faults, in one process of its own: they change settings."""
    path = tmp_path_factory.mktemp("reports") / "faults.json"
    path.write_text(scan("faults").stdout, "utf-8")
    command = [sys.executable, "-m", "tests.repro", "faults", "--json", "--report", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_every_fault_has_a_script_or_a_reason(trials: list[dict[str, Any]]) -> None:
    without = {each["layer"].rpartition(".")[2] for each in trials if not each["script"]}
    told = {each["layer"].rpartition(".")[2] for each in trials if not find_rule(each["rule"]).shown_by}
    assert without == told | set(WITHOUT)
    assert all(each["reason"] for each in trials if not each["script"])


def test_every_script_passes_on_the_healthy_twin(trials: list[dict[str, Any]]) -> None:
    twins = {each["layer"]: each["twin"] for each in trials if each["twin"] is not None}
    assert len(twins) > 30
    assert {name: ended for name, ended in twins.items() if ended} == {}
