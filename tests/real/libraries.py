"""The libraries that are scanned, and what a scan of one printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pytest

from tests.paths import ROOT
from tests.run_once import jobs, run_once


@dataclass(frozen=True)
class Library:
    """One distribution: its version that the expected losses hold for, and how to scan it."""

    distribution: str
    version: str
    target: str
    spec: str
    options: tuple[str, ...] = ()

    def require(self) -> None:
        """Skip the calling test unless the library is installed in its version."""
        try:
            found = version(self.distribution)
        except PackageNotFoundError:
            pytest.skip(f"{self.distribution} is not installed (see tests/real/requirements.txt)")
        if found != self.version:
            pytest.skip(f"the losses are listed for {self.distribution} {self.version}, here is {found}")


KERAS = Library("keras", "3.15.1", "keras.layers", "keras_layers.yaml", ("--imported",))
TCN = Library("keras-tcn", "3.5.7", "tcn", "tcn.yaml")
KAPRE = Library("kapre", "0.4.1", "kapre", "kapre.yaml")
DEEL_LIP = Library("deel-lip", "1.5.0", "deel.lip", "deel_lip.yaml")
LIBRARIES = (KERAS, TCN, KAPRE, DEEL_LIP)


# The tests of one scan go to one process.
keras_inferred = pytest.mark.xdist_group("keras inferred")
others_inferred = pytest.mark.xdist_group("other libraries inferred")


@cache
def scan(library: Library, *, inferred: bool = False) -> dict[str, Any]:
    """Return the JSON report of a scan with the spec or with ``inferred`` cases; each is made once."""
    spec = () if inferred else ("--spec", str(ROOT / "fixtures" / "real" / library.spec))
    command = ("-m", "maskcheck", "scan", library.target, *library.options, *spec, "--format", "json")
    done = run_once(*command, "--jobs", str(jobs()))
    assert done.exit_code in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report
