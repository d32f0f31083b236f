"""Writes the JSON reports of all fixtures, or compares two sets: ``python -m tests.scans.all_reports``.

Shows that a change of the code changes no report: ``write DIR`` before and after it, then ``compare``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
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


def write(directory: Path) -> None:
    """Scan everything in ``SCANS`` and write a report of each into ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, arguments in SCANS.items():
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


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Yield where two parsed reports differ, leaving out how long anything took."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            if key != "seconds":
                yield from differences(before.get(key), after.get(key), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (left, right) in enumerate(zip(before, after, strict=True)):
            name = left.get("id", index) if isinstance(left, dict) else index
            yield from differences(left, right, f"{path}/{name}")
    elif before != after:
        yield f"{path}: {_short(before)} -> {_short(after)}"


def compare(before: Path, after: Path) -> int:
    """Print the differences between two directories of reports and return how many there are."""
    count = 0
    for name in SCANS:
        old, new = (json.loads((place / f"{name}.json").read_text("utf-8")) for place in (before, after))
        found = list(differences(old, new))
        count += len(found)
        sizes = f"{len(new['layers'])} layers, {sum(len(x['findings']) for x in new['layers'])} findings"
        print(f"{name}: {sizes}, {len(found) or 'no'} differences")
        for line in found:
            print(f"  {line}")
    return count


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}..."


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", directory]:
            write(Path(directory))
        case ["compare", before, after]:
            sys.exit(bool(compare(Path(before), Path(after))))
        case _:
            sys.exit("usage: python -m tests.scans.all_reports write DIR | compare DIR DIR")
