"""The reports in their order, whichever came first, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maskcheck.exits import Exit
from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import LayerFinished, LayerReport, Verdict


class Ledger:
    """Holds reports back until all before them are there; ``told`` are those let go."""

    def __init__(self, total: int) -> None:
        self.told: list[LayerReport] = []
        self._total = total
        self._next = 0
        self._held: dict[int, LayerReport] = {}

    def add(self, index: int, report: LayerReport) -> Iterator[LayerFinished]:
        """Take the report at place ``index`` and yield what can now be told."""
        self._held[index] = report
        while self._next in self._held:
            yield self._tell(self._next)
            self._next += 1

    def rest(self) -> Iterator[LayerFinished]:
        """Yield what is still held back, in order: what should come before will not come."""
        for index in sorted(self._held):
            yield self._tell(index)

    def _tell(self, index: int) -> LayerFinished:
        report = self._held.pop(index)
        self.told.append(report)
        return LayerFinished(report, len(self.told), self._total)


def is_failing(report: LayerReport) -> bool:
    """Return whether the report fails the run: all its errors being expected, it does not."""
    if report.verdict not in (Verdict.FAIL, Verdict.UNCHECKED):
        return False
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    return not errors or any(finding.status is not Status.EXPECTED for finding in errors)


def exit_code(reports: Iterable[LayerReport]) -> Exit:
    """Return the code of a scan that went well."""
    return Exit.FINDINGS if any(map(is_failing, reports)) else Exit.CONFORM
