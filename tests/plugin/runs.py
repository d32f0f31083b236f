"""Runs pytest in a folder of its own, with the plugin and the fake lab."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.engine.scans import write
from tests.paths import ROOT

# The engine as it is; only what would import TensorFlow is another.
CONFTEST = """
from functools import partial
from tests.engine.scans import FAKE
from maskcheck.plugin import collect
collect.prepare_scan = partial(collect.prepare_scan, lab=FAKE)
"""


@dataclass(frozen=True)
class Run:
    """How pytest ended, and what it printed."""

    code: int
    text: str

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each test by its id, as -rA tells them."""
        told = [line.split(" - ")[0].split(" ", 1) for line in self.text.splitlines()]
        known = ("PASSED", "FAILED", "XFAIL", "XPASS", "ERROR")
        return {words[1]: words[0] for words in told if len(words) > 1 and words[0] in known}


def project(directory: Path, spec: str = "", **modules: str) -> None:
    """Write modules, a spec and what every run needs."""
    write(directory, **modules)
    (directory / "conftest.py").write_text(CONFTEST, "utf-8")
    (directory / "pytest.ini").write_text("[pytest]\n", "utf-8")
    if spec:
        (directory / "maskcheck.yaml").write_text(f"version: 1\nlayers:\n{spec}", "utf-8")


def run(directory: Path, *arguments: str, plugins: tuple[str, ...] = ()) -> Run:
    """Run pytest there; only the plugins named are loaded besides maskcheck's."""
    loaded = [word for name in ("maskcheck.plugin", *plugins) for word in ("-p", name)]
    command = [sys.executable, "-m", "pytest", *loaded, "-rA", "-p", "no:cacheprovider", *arguments]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environ = {**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}
    done = subprocess.run(
        command, cwd=directory, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    return Run(done.returncode, done.stdout + done.stderr)
