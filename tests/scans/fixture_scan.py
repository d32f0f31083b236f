"""Runs the real command on a folder of ``fixtures`` and reads its JSON report, once in a test run."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.paths import ROOT
from tests.scans import SHARED

EVERY_ROUTE = ("--format", "json", "--route", "all", "--timeout", "600")
Layer = dict[str, Any]
Finding = dict[str, Any]


@dataclass(frozen=True)
class Scan:
    """What the command gave back."""

    exit_code: int
    stdout: str
    stderr: str

    @cached_property
    def report(self) -> dict[str, Any]:
        """Return the JSON report; raises ValueError where standard output is anything else."""
        report: dict[str, Any] = json.loads(self.stdout)
        return report

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """Return the layers of the report by their ids, in its order."""
        layers = self.report["layers"]
        found = {layer["id"]: layer for layer in layers}
        assert len(found) == len(layers), "two layers of one id"
        return found


@cache
def scan(
    folder: str,
    *names: str,
    options: tuple[str, ...] = ("--format", "json"),
    by_spec: bool = True,
    legacy: bool = False,
) -> Scan:
    """Scan ``fixtures/folder``, or only ``names`` in it, by the spec that lies there or without one.

    Once for all tests that ask for the same, in whichever process of the test run they are. With
    ``legacy``, TensorFlow's Keras is tf_keras.
    """
    place = f"fixtures/{folder}"
    targets = [f"{place}/{name}" for name in names] or [place]
    spec = ("--spec", f"{place}/maskcheck.yaml") if by_spec else ()
    command = ["-m", "maskcheck", "scan", *targets, *spec, *options, "--jobs", str(_jobs())]
    name = hashlib.sha256(json.dumps([command, legacy]).encode()).hexdigest()[:16]
    stored = Path(os.environ[SHARED]) / f"{name}.json"
    with _locked(stored.with_suffix(".lock")):
        if not stored.exists():
            stored.write_text(json.dumps(asdict(_run(command, legacy))), "utf-8")
    return Scan(**json.loads(stored.read_text("utf-8")))


def _jobs() -> int:
    """Return this scan's share of the cores, but enough to keep them busy when others wait."""
    return max(2, (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def every_route(folder: str, *names: str, legacy: bool = False) -> Scan:
    """Scan by the spec on all routes."""
    return scan(folder, *names, options=EVERY_ROUTE, legacy=legacy)


def _run(command: list[str], legacy: bool) -> Scan:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "TF_USE_LEGACY_KERAS": str(int(legacy))},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Scan(done.returncode, done.stdout, done.stderr)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes out as long as they lock the same file."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def told(layer: Layer, *severities: str) -> list[Finding]:
    """Return the findings of ``layer`` that failed, of the severities named, or of all."""
    failed = [finding for finding in layer["findings"] if finding["status"] == "failed"]
    return [finding for finding in failed if not severities or finding["severity"] in severities]


def codes(layer: Layer, *severities: str) -> list[str]:
    """Return the codes of those findings, sorted."""
    return sorted(finding["rule"] for finding in told(layer, *severities))


def parameters(cases: Iterable[Any], scan: str = "") -> list[Any]:
    """Return one parameter for each case, a folder or a pair of it and a fixture, grouped by the scan."""
    return [
        pytest.param(case, id=case, marks=pytest.mark.xdist_group(f"{case} {scan}".strip()))
        if isinstance(case, str)
        else pytest.param(*case, id=case[1].id, marks=pytest.mark.xdist_group(f"{case[0]} {scan}".strip()))
        for case in cases
    ]
