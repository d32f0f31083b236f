"""Releases reports in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskcheck.model.report import LayerFinished, LayerReport, ScanProgress


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

    def progress(self, running: Iterable[str]) -> ScanProgress:
        """Return where the scan stands while the layers named ``running`` are being checked."""
        return ScanProgress(tuple(running), len(self.released) + len(self._held), self._total)

    def rest(self) -> Iterator[LayerFinished]:
        """Yield the reports still held, in order: those before them will not come."""
        for index in sorted(self._held):
            yield self._tell(index)

    def _tell(self, index: int) -> LayerFinished:
        position = self._positions[index] if self._positions else None
        report = replace(self._held.pop(index), position=position)
        self.released.append(report)
        return LayerFinished(report, len(self.released), self._total)
