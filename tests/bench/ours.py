"""The side of maskcheck: one scan with one worker."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass

from tests.bench.clock import MASKCHECK, ROOT

SPEC = "fixtures/real/keras_layers.yaml"
COMMAND = [MASKCHECK, "scan", "keras.layers", "--imported", "--spec", SPEC, "--jobs", "1", "--format", "json"]


@dataclass(frozen=True)
class Scan:
    """Seconds by class name, measured in the worker, and of the whole command."""

    layers: dict[str, float]
    wall: float


def scan(*options: str, routes: tuple[str, ...] = ()) -> Scan:
    """Scan the built-in layers on ``routes``, or on the default ones.

    Args:
        options: further ones for the command, such as ``--no-probe``.

    Raises:
        RuntimeError: the scan did not end with a report.
    """
    start = time.perf_counter()
    taken = [word for route in routes for word in ("--route", route)]
    done = subprocess.run([*COMMAND, *taken, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the scan ended with exit code {done.returncode}: {done.stderr}")
    layers = json.loads(done.stdout)["layers"]
    return Scan({layer["id"].rpartition(".")[2]: layer["seconds"] for layer in layers}, wall)
