"""Wall times of commands."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.paths import ROOT

MASKCHECK = shutil.which("maskcheck", path=str(Path(sys.executable).parent)) or "maskcheck"


def seconds(command: list[str]) -> float:
    """Return how long one run of ``command`` takes."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start


def medians(commands: list[list[str]], runs: int) -> list[float]:
    """Return the median time of each command, run in turns so that a busy moment hits all."""
    rounds = [[seconds(command) for command in commands] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def python(code: str) -> list[str]:
    """Return the command that runs ``code`` in a new interpreter."""
    return [sys.executable, "-c", code]
