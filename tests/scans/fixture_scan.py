"""Runs the real command on a folder of ``fixtures`` and reads its JSON report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.paths import ROOT

Layer = dict[str, Any]
Finding = dict[str, Any]


@dataclass(frozen=True)
class Scan:
    """What the command gave back."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """Return the JSON report; raises ValueError where standard output is anything else."""
        report: dict[str, Any] = json.loads(self.stdout)
        return report

    @property
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

    Once for all tests that ask for the same. With ``legacy``, TensorFlow's Keras is tf_keras.
    """
    place = f"fixtures/{folder}"
    targets = [f"{place}/{name}" for name in names] or [place]
    spec = ("--spec", f"{place}/maskcheck.yaml") if by_spec else ()
    command = [sys.executable, "-m", "maskcheck", "scan", *targets, *spec, *options]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "TF_USE_LEGACY_KERAS": str(int(legacy))},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Scan(done.returncode, done.stdout, done.stderr)


def told(layer: Layer, *severities: str) -> list[Finding]:
    """Return the findings of ``layer`` that failed, of the severities named, or of all."""
    failed = [finding for finding in layer["findings"] if finding["status"] == "failed"]
    return [finding for finding in failed if not severities or finding["severity"] in severities]


def codes(layer: Layer, *severities: str) -> list[str]:
    """Return the codes of those findings, sorted."""
    return sorted(finding["rule"] for finding in told(layer, *severities))
