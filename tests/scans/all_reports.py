"""Writes the JSON reports of all fixtures, or compares two sets: ``python -m tests.scans.all_reports``.

Shows that a change of the code changes no report: ``write BEFORE`` twice, into two directories, and
``write AFTER`` once the change is made, then ``compare BEFORE AFTER BEFORE_AGAIN``. What differs between
the two reports of the same code, as random numbers and addresses do, is left out. Names after the
directory of ``write`` choose among the scans.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.paths import ROOT

EVERY_ROUTE = ("--route", "all", "--timeout", "600")
SCANS: dict[str, tuple[str, ...]] = {
    "seeds": ("fixtures/seeds", "--spec", "fixtures/seeds/maskcheck.yaml"),
    "seeds-inferred": ("fixtures/seeds",),
    "faults": ("fixtures/faults", "--spec", "fixtures/faults/maskcheck.yaml"),
    "modes": ("fixtures/modes", "--spec", "fixtures/modes/maskcheck.yaml"),
    "by_route": (
        "fixtures/faults/by_route.py",
        "--spec",
        "fixtures/faults/maskcheck.yaml",
        *EVERY_ROUTE,
    ),
    "legacy": ("fixtures/legacy", "--spec", "fixtures/legacy/maskcheck.yaml"),
    "real": ("keras.layers", "--imported", "--spec", "fixtures/real/keras_layers.yaml"),
    "real-inferred": ("keras.layers", "--imported"),
}


def write(directory: Path, names: Sequence[str] = ()) -> None:
    """Scan what is in ``SCANS``, or only ``names``, and write a report of each into ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in names or SCANS:
        arguments = SCANS[name]
        command = [sys.executable, "-m", "maskcheck", "scan", *arguments, "--format", "json"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "TF_USE_LEGACY_KERAS": "0"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )
        (directory / f"{name}.json").write_text(done.stdout, encoding="utf-8")
        print(f"{name}: exit code {done.returncode}", flush=True)


def differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield where and how two parsed reports differ, leaving out how long anything took."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if key != "seconds":
                yield from differences(before.get(key), after.get(key), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (left, right) in enumerate(zip(before, after, strict=True)):
            name = left.get("id", index) if isinstance(left, dict) else index
            yield from differences(left, right, f"{path}/{name}")
    elif before != after:
        yield path, f"{_short(before)} -> {_short(after)}"


def compare(before: Path, after: Path, again: Path | None = None) -> int:
    """Print the differences between two directories of reports and return how many there are."""
    count = 0
    for name in (name for name in SCANS if (after / f"{name}.json").exists()):
        old, new = read(before, name), read(after, name)
        noise = dict(differences(old, read(again, name))) if again else {}
        found = {path: what for path, what in differences(old, new) if path not in noise}
        count += len(found)
        layers = new["layers"]
        print(
            f"{name}: {len(layers)} layers, {sum(len(layer['findings']) for layer in layers)} findings, ",
            end="",
        )
        print(
            f"{len(found) or 'no'} differences"
            + (f" beside {len(noise)} of one run to the next" if noise else "")
        )
        for path, what in found.items():
            print(f"  {path}: {what}")
    return count


def read(directory: Path, name: str) -> Any:
    """Return one report of a directory, parsed."""
    return json.loads((directory / f"{name}.json").read_text("utf-8"))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}..."


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", directory, *names]:
            write(Path(directory), names)
        case ["compare", *directories] if len(directories) in (2, 3):
            sys.exit(bool(compare(*map(Path, directories))))
        case _:
            sys.exit(__doc__)
