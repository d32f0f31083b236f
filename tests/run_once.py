"""Runs a command once in a test run, however many of its processes ask for what it gives back."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.paths import ROOT

# The variable that names the directory which all processes of a test run share: tests/conftest.py makes it.
SHARED = "TEST_SHARED_RUNS"


@dataclass(frozen=True)
class Run:
    """What the command gave back."""

    exit_code: int
    stdout: str
    stderr: str


@cache
def run_once(*arguments: str, legacy: bool = False) -> Run:
    """Run ``python`` with ``arguments`` at the root of the repository, unless that was done already.

    With ``legacy``, TensorFlow's Keras is tf_keras.
    """
    name = hashlib.sha256(json.dumps([arguments, legacy]).encode()).hexdigest()[:16]
    stored = Path(os.environ[SHARED]) / f"{name}.json"
    with _locked(stored.with_suffix(".lock")):
        if not stored.exists():
            stored.write_text(json.dumps(asdict(_run(arguments, legacy))), "utf-8")
    return Run(**json.loads(stored.read_text("utf-8")))


def jobs() -> int:
    """Return the cores that fall to one process of the test run, but enough to keep all busy."""
    return max(2, (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _run(arguments: tuple[str, ...], legacy: bool) -> Run:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "TF_USE_LEGACY_KERAS": str(int(legacy))},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Run(done.returncode, done.stdout, done.stderr)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes out as long as they lock the same file."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
