"""Decides when each layer is examined: with the first test that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from maskcheck.engine.on_demand import PreparedScan
from maskcheck.model.report import LayerReport


class Schedule:
    """Gives the report of each layer, which is examined once however many tests it has.

    Layers are named by their index in the plan of ``scan``. ``coming`` returns those whose tests
    this process will run, as far as is known: all are started with the first, so that the
    engine can use every core.
    """

    def __init__(self, scan: PreparedScan, coming: Callable[[], Sequence[int]]) -> None:
        self._scan = scan
        self._coming = coming
        self._reports: dict[int, LayerReport] = {}
        self._awaited: list[int] = []
        self._running: Iterator[LayerReport] = iter(())

    def report(self, place: int) -> LayerReport:
        """Return the report of a layer, as soon as it is there."""
        if place not in self._reports and place not in self._awaited:
            self._take(len(self._awaited))
            self._begin(place)
        if place in self._awaited:
            self._take(self._awaited.index(place) + 1)
        return self._reports[place]

    def _begin(self, place: int) -> None:
        places = dict.fromkeys((place, *self._coming()))
        self._awaited = [each for each in places if each not in self._reports]
        self._running = self._scan.reports([self._scan.planned[each] for each in self._awaited])

    def _take(self, number: int) -> None:
        for _ in range(number):
            report = next(self._running)
            self._reports[self._awaited.pop(0)] = report
