"""Runs a script in a process of its own: only one that fails by its own assertion is worth showing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maskcheck.source.modules.keras_imports import VARIABLE

_NAME = "repro.py"
_ASSERTION = "AssertionError"
_TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True)
class Place:
    """Where a script runs: its directory, "" for an empty one, and where modules are found."""

    directory: str
    path: tuple[str, ...]
    legacy: bool
    timeout: float


@dataclass(frozen=True)
class Outcome:
    """How a run ended: what its assertion said, or why it proves nothing, "" where it does."""

    said: str = ""
    reason: str = ""


def prove_script(script: str, place: Place) -> Outcome:
    """Run a script, and tell whether it ends with its own AssertionError.

    Its files go into a temporary folder, which is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="maskcheck-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, _NAME)
        file.write_text(script, encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=place.directory or folder,
                env={**os.environ, **_environment(place, folder)},
                timeout=place.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(reason=f"it takes more than {place.timeout:g} s")
    return read_outcome(done.returncode, done.stderr.decode("utf-8", "replace"))


def read_outcome(code: int, stderr: str) -> Outcome:
    """Return how a run ended, by its exit code and what it wrote to standard error."""
    if code == 0:
        return Outcome(reason="nothing is lost in it")
    _, found, last = stderr.rpartition(_TRACEBACK)
    lines = last.strip("\n").splitlines()
    first = next((number for number, line in enumerate(lines) if line and line[0] != " "), len(lines))
    frames = [line for line in lines[:first] if line.startswith("  File ")]
    error = " ".join(lines[first:])
    if found and error.startswith(_ASSERTION) and len(frames) == 1 and _NAME in frames[0]:
        return Outcome(error.removeprefix(_ASSERTION).removeprefix(": "))
    return Outcome(reason=f"it ends with {error[:200] or f'the exit code {code}'}")


def _environment(place: Place, folder: str) -> Mapping[str, str]:
    known = [entry for entry in (*place.path, os.environ.get("PYTHONPATH", "")) if entry]
    return {
        "PYTHONPATH": os.pathsep.join(known),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": folder,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "KERAS_BACKEND": "tensorflow",
        VARIABLE: str(int(place.legacy)),
    }
