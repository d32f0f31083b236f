"""Runs the real command on a folder of ``fixtures`` and reads its JSON report, once in a test run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

import pytest

from tests.paths import ROOT
from tests.run_once import Run, jobs, run_once

__all__ = [
    "EVERY_ROUTE",
    "ROOT",
    "Finding",
    "Layer",
    "Scan",
    "codes",
    "every_route",
    "failed_findings",
    "parameters",
    "scan",
]

EVERY_ROUTE = ("--format", "json", "--route", "all", "--timeout", "600")
Layer = dict[str, Any]
Finding = dict[str, Any]


class Scan(Run):
    """What the command gave back, and the report in it."""

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
    command = ("-m", "maskcheck", "scan", *targets, *spec, *options, "--jobs", str(jobs()))
    done = run_once(*command, legacy=legacy)
    return Scan(done.exit_code, done.stdout, done.stderr)


def every_route(folder: str, *names: str, legacy: bool = False) -> Scan:
    """Scan by the spec on all routes."""
    return scan(folder, *names, options=EVERY_ROUTE, legacy=legacy)


def failed_findings(layer: Layer, *severities: str) -> list[Finding]:
    """Return the findings of ``layer`` that failed, of the severities named, or of all."""
    failed = [finding for finding in layer["findings"] if finding["status"] == "failed"]
    return [finding for finding in failed if not severities or finding["severity"] in severities]


def codes(layer: Layer, *severities: str) -> list[str]:
    """Return the codes of those findings, sorted."""
    return sorted(finding["rule"] for finding in failed_findings(layer, *severities))


def parameters(cases: Iterable[Any], scan: str = "") -> list[Any]:
    """Return a parameter for each case, a folder or a folder and a fixture, grouped by folder and scan."""
    found = []
    for case in cases:
        folder, *fixture = [case] if isinstance(case, str) else case
        group = pytest.mark.xdist_group(f"{folder} {scan}".strip())
        found.append(pytest.param(folder, *fixture, id=fixture[0].id if fixture else folder, marks=group))
    return found
