"""Releases reports in their order, and derives the exit code from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskcheck.exits import Exit
from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import LayerFinished, LayerReport, Verdict


class Ledger:
    """Releases reports in order: each is held until all before it are there."""

    def __init__(self, total: int, positions: Sequence[int] = ()) -> None:
        """Expect ``total`` reports; those of a shard have ``positions`` in the whole scan."""
        self.released: list[LayerReport] = []
        self._total = total
        self._positions = positions
        self._next = 0
        self._held: dict[int, LayerReport] = {}

    def add(self, index: int, report: LayerReport) -> Iterator[LayerFinished]:
        """Add the report at ``index``; yield those that can now be released."""
        self._held[index] = report
        while self._next in self._held:
            yield self._tell(self._next)
            self._next += 1

    def rest(self) -> Iterator[LayerFinished]:
        """Yield the reports still held, in order: those before them will not come."""
        for index in sorted(self._held):
            yield self._tell(index)

    def _tell(self, index: int) -> LayerFinished:
        position = self._positions[index] if self._positions else None
        report = replace(self._held.pop(index), position=position)
        self.released.append(report)
        return LayerFinished(report, len(self.released), self._total)


def is_failing(report: LayerReport, fail_on: str = Severity.ERROR.value) -> bool:
    """Return whether the report fails the run, ``fail_on`` being the least severity that does.

    What is expected does not; a layer that was not checked does, unless just that is expected.
    """
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if report.verdict is Verdict.UNCHECKED and not errors:
        return True
    warnings = [f for f in report.findings if f.severity is Severity.WARNING and f.severity.value == fail_on]
    return any(finding.status is Status.FAILED for finding in (*errors, *warnings))


def exit_code(reports: Iterable[LayerReport], fail_on: str = Severity.ERROR.value) -> Exit:
    """Return the code of a scan that went well."""
    return Exit.FINDINGS if any(is_failing(report, fail_on) for report in reports) else Exit.CONFORM
