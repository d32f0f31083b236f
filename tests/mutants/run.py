"""Writes the package of extended layers, scans it with the real command and reads the report."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutants.hosts import PACKAGE
from tests.mutants.plan import Plan
from tests.mutants.render import module
from tests.mutants.spec import spec
from tests.paths import ROOT

# The routes on which every planted fault shows; others take a process or a model for each layer.
ROUTES = ("config", "keras", "weights")
Layer = dict[str, Any]


@dataclass(frozen=True)
class Scan:
    """The layers of a report by their ids, and how long the scan took."""

    layers: dict[str, Layer]
    seconds: float


def write(plan: Plan, folder: Path) -> None:
    """Write the package and its spec into ``folder``, formatted as a user's code would be."""
    package = folder / PACKAGE
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Built-in layers, extended."""\n')
    for host, classes in plan.classes.items():
        (package / f"{host.module}.py").write_text(module(host, classes))
    (folder / "maskcheck.yaml").write_text(spec(plan))
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--quiet", str(package)], check=True
    )


def scan(folder: Path) -> Scan:
    """Scan the package in ``folder``.

    Raises:
        RuntimeError: the scan did not end with a report.
    """
    places = [str(folder / PACKAGE), "--spec", str(folder / "maskcheck.yaml")]
    options = [*(part for route in ROUTES for part in ("--route", route)), "--format", "json"]
    command = [sys.executable, "-m", "maskcheck", "scan", *places, *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the scan ended with exit code {done.returncode}: {done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    return Scan({layer["id"]: layer for layer in report["layers"]}, report["summary"]["seconds"])
