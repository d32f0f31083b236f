"""What came of the errors of each rule, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tests.repro.trials import Trial

_LONGEST = 150


def write_table(trials: Sequence[Trial]) -> Iterator[str]:
    """Yield a line for each rule, and below it the reason of each finding without a script."""
    yield "rule   errors  scripts  twins  passing"
    for rule, group in groupby(sorted(trials, key=lambda trial: trial.rule), key=lambda trial: trial.rule):
        found = list(group)
        scripts = sum(bool(trial.script) for trial in found)
        twins = [trial.twin for trial in found if trial.twin is not None]
        yield f"{rule} {len(found):7} {scripts:8} {len(twins):6} {twins.count(''):8}"
        for trial in found:
            if not trial.script:
                yield f"         {trial.layer.rpartition('.')[2]}: {trial.reason[:_LONGEST]}"
            elif trial.twin:
                yield f"         {trial.layer.rpartition('.')[2]}: the twin ends with {trial.twin[:_LONGEST]}"
    yield f"{len(trials)} errors, {sum(bool(trial.script) for trial in trials)} scripts"
