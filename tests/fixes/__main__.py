"""Print which findings of the fixtures have an edit that works; run by ``make fixes``.

python -m tests.fixes [--safe] [--patch FILE] [FOLDER ...]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from maskcheck.api.fix import fix
from tests.fixes.damage import list_damage
from tests.fixes.table import list_trials, write_table
from tests.paths import FIXTURES, ROOT

FOLDERS = ("faults", "modes", "seeds", "cases", "legacy")


def main() -> int:
    """Find the edits for folders of fixtures, and print the table; return 1 if an edit breaks something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fixes", description=__doc__)
    parser.add_argument("folder", nargs="*", help=f"by default {', '.join(FOLDERS)}")
    parser.add_argument("--safe", action="store_true", help="try safe edits only")
    parser.add_argument("--patch", type=Path, metavar="FILE", help="write the edits there")
    parser.add_argument("--only", help="classes to mend, as for maskcheck fix")
    options = parser.parse_args()
    os.chdir(ROOT)
    start = time.perf_counter()
    trials, damage, patch = [], [], b""
    for name in options.folder or FOLDERS:
        place = str(FIXTURES / name)
        only = {"only": options.only} if options.only else {}
        fixes = fix(place, spec=f"{place}/maskcheck.yaml", unsafe=not options.safe, **only)
        trials += list_trials(fixes)
        damage += list_damage(fixes.contents, fixes.edited)
        patch += fixes.to_patch()
    print("\n".join([*write_table(trials), *damage]))
    print(f"\n{time.perf_counter() - start:.0f} s")
    if options.patch:
        options.patch.write_bytes(patch)
    return int(bool(damage))


if __name__ == "__main__":
    sys.exit(main())
