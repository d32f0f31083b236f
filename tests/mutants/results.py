"""What was planted against what was found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tests.mutants.plan import Mutant, Plan
from tests.mutants.run import Scan

Finding = dict[str, Any]
# The share of faults that must be named, and told once.
LEAST = 0.98


@dataclass(frozen=True)
class Result:
    """What the scan says of one mutant.

    ``found``: a finding of a fitting code; what harms nobody yet may be a note. ``named``: its
    subject is what was planted. ``alone``: nothing else is reported.
    """

    mutant: Mutant
    told: tuple[Finding, ...]

    @property
    def fitting(self) -> list[Finding]:
        """Return the findings of the codes that fit the kind."""
        return [finding for finding in self.told if finding["rule"] in self.mutant.codes]

    @property
    def found(self) -> bool:
        """Tell whether the fault was found."""
        return bool(self.fitting)

    @property
    def named(self) -> bool:
        """Tell whether a finding that fits names what was planted."""
        return any(name in finding["subject"] for finding in self.fitting for name in self.mutant.names)

    @property
    def alone(self) -> bool:
        """Tell whether the fault gave a single finding."""
        return len(self.told) == 1


@dataclass(frozen=True)
class Results:
    """The results of all mutants, and the twins of which something is reported."""

    mutants: tuple[Result, ...]
    twins: int
    alarms: dict[str, tuple[Finding, ...]]

    @property
    def named(self) -> float:
        """Return the share of the mutants of which what was planted is named."""
        return sum(result.named for result in self.mutants) / len(self.mutants)

    @property
    def alone(self) -> float:
        """Return the share of the mutants of which one thing is told."""
        return sum(result.alone for result in self.mutants) / len(self.mutants)

    @property
    def passed(self) -> bool:
        """Tell whether all was found, named and told once as often as it must be, and no twin reported."""
        found = all(result.found for result in self.mutants)
        return found and min(self.named, self.alone) >= LEAST and not self.alarms


def results(plan: Plan, scan: Scan) -> Results:
    """Compare a scan with what was planted."""
    told = {name: _told(scan, name) for name in plan.twins}
    return Results(
        tuple(Result(mutant, _told(scan, mutant.id, mutant.codes)) for mutant in plan.mutants),
        len(plan.twins),
        {name: findings for name, findings in told.items() if findings},
    )


def _told(scan: Scan, name: str, noted: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return the errors and warnings of one layer, and the notes of the codes ``noted``."""
    findings = scan.layers[name]["findings"]
    return tuple(
        finding
        for finding in findings
        if finding["severity"] in ("error", "warning") or finding["rule"] in noted
    )
