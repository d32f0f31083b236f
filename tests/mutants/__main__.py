"""Print how many planted faults a scan finds; run by ``make mutants``.

python -m tests.mutants [--every] [--keep FOLDER] [HOST ...]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from tests.mutants.controls import CONTROLS
from tests.mutants.hosts import hosts
from tests.mutants.kinds import KINDS
from tests.mutants.plan import HOSTS_PER_KIND, plan
from tests.mutants.results import results
from tests.mutants.run import scan, write
from tests.mutants.table import table


def main() -> int:
    """Write the layers, scan them and print the table; return 1 unless all went well."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("host", nargs="*", help="built-in layers to extend, all by default")
    parser.add_argument("--every", action="store_true", help="plant every kind in every host")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the written layers there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return _check(options.host, options.every, options.keep or Path(scratch))


def _check(names: list[str], every: bool, folder: Path) -> int:
    start = time.perf_counter()
    planned = plan(hosts(names), KINDS, CONTROLS, None if every else HOSTS_PER_KIND)
    write(planned, folder)
    scanned = scan(folder)
    found = results(planned, scanned)
    print("\n".join(table(found)))
    layers = f"{len(scanned.layers)} layers extend {len(planned.classes)} built-in ones"
    print(f"\n{layers}; the scan took {scanned.seconds:.0f} s, all {time.perf_counter() - start:.0f} s")
    return 0 if found.passed else 1


if __name__ == "__main__":
    sys.exit(main())
