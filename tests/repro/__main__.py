"""Print which errors of the fixtures a script shows; run by ``make repro``.

python -m tests.repro [--report FILE] [--json] [FOLDER ...]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from maskcheck.model.report import Report
from maskcheck.report.reading import read_report
from tests.paths import ROOT
from tests.repro.table import write_table
from tests.repro.trials import Trial, list_errors, read_folder, try_finding

FOLDERS = ("faults", "modes", "seeds", "cases")


def main() -> int:
    """Write and run the scripts of folders of fixtures; return 1 where a script fails on a healthy twin."""
    parser = argparse.ArgumentParser(prog="python -m tests.repro", description=__doc__)
    parser.add_argument("folder", nargs="*", help=f"by default {', '.join(FOLDERS)}")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the JSON report of the one folder")
    parser.add_argument("--json", action="store_true", help="print what came of each finding, as JSON")
    options = parser.parse_args()
    trials = [trial for name in options.folder or FOLDERS for trial in _try_folder(name, options.report)]
    print(json.dumps([asdict(each) for each in trials]) if options.json else "\n".join(write_table(trials)))
    return int(any(trial.twin for trial in trials))


def _try_folder(name: str, path: Path | None) -> list[Trial]:
    report = read_report(path.read_text("utf-8"), str(path)) if path else _scan(name)
    folder = read_folder(name)
    return [try_finding(layer, finding, folder) for layer, finding in list_errors(report)]


def _scan(name: str) -> Report:
    place = f"fixtures/{name}"
    command = ["scan", place, "--spec", f"{place}/maskcheck.yaml", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "maskcheck", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return read_report(done.stdout, name)


if __name__ == "__main__":
    sys.exit(main())
