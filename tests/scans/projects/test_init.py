"""A scan by the spec that ``maskcheck init`` writes tells the same as one that infers the cases itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from maskcheck.specfile.read.load import load_spec
from tests.scans.fixture_scan import ROOT, Layer, codes, scan

# What a spec may get wrong shows in these groups of faults.
GROUPS = ("config", "masks", "weights")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with faults and their healthy twins, without their spec."""
    folder = tmp_path_factory.mktemp("init")
    faults = ROOT / "fixtures/faults"
    (folder / "faults").mkdir()
    for file in faults.glob("*.py"):
        shutil.copy(file, folder / "faults")
    for group in GROUPS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(faults / group, folder / "faults" / group, ignore=ignored)
    return folder


def maskcheck(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "maskcheck", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def scanned(folder: Path) -> dict[str, Layer]:
    report: dict[str, Any] = json.loads(maskcheck(folder, "scan", "faults", "--format", "json").stdout)
    return {layer["id"]: layer for layer in report["layers"]}


def gist(layer: Layer) -> tuple[str, list[str], list[str]]:
    # A path is told from where the scan is started.
    subjects = [finding["subject"].rpartition("/")[2] for finding in layer["findings"]]
    return layer["verdict"], codes(layer), subjects


def test_the_verdicts_are_the_same(folder: Path) -> None:
    done = maskcheck(folder, "init", "faults")
    assert (done.returncode, done.stderr) == (0, "")
    written = load_spec(str(folder / "maskcheck.yaml")).layers
    by_spec = scanned(folder)
    everything = scan("faults", by_spec=False).layers
    inferred = {name: layer for name, layer in everything.items() if name in by_spec}
    assert {name: gist(layer) for name, layer in by_spec.items()} == {
        name: gist(layer) for name, layer in inferred.items()
    }
    origins = {case["origin"] for layer in by_spec.values() for case in layer["cases"]}
    assert origins == {"spec"}
    assert len(written) == sum(bool(layer["cases"]) for layer in inferred.values())
    before = (folder / "maskcheck.yaml").read_bytes()
    again = maskcheck(folder, "init", "faults")
    assert again.returncode == 0
    assert (
        f"0 entries written, {len(inferred) - len(written)} to complete, {len(written)} kept" in again.stdout
    )
    assert (folder / "maskcheck.yaml").read_bytes() == before
