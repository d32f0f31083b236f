"""One case of one layer as a test."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from maskcheck.engine.plan import Planned
from maskcheck.engine.task import Job
from maskcheck.plugin.parts import fails, part, reasons, skipped, warnings
from maskcheck.plugin.turns import Turns
from maskcheck.report.findings import sentence
from maskcheck.report.shown import layer_text


class LayerFails(Exception):
    """The layer does not come back as it was; the message is the report."""


class LayerWarning(UserWarning):
    """What the command tells as a warning."""


class CaseTest(pytest.Item):
    """Passes, fails, is skipped or expected to fail as the report of the layer says of the case."""

    def __init__(
        self, *, place: int, planned: Planned, case: str, first: bool, turns: Turns, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.place = place
        self._planned = planned
        self._case = case
        self._first = first
        self._turns = turns

    def runtest(self) -> None:
        """Have the layer examined, unless another case was here before, and say how this one ended.

        Raises:
            LayerFails: it does not come back.
        """
        report = part(self._turns.report(self.place), self._case, first=self._first)
        for finding in warnings(report):
            text = f"{report.id}: {finding.rule} {finding.name}: {sentence(finding)}"
            self.warn(LayerWarning(text))
        if fails(report):
            raise LayerFails(layer_text(report))
        if reason := skipped(report):
            pytest.skip(reason)
        if known := reasons(report):
            if self.config.getoption("runxfail"):
                raise LayerFails(layer_text(report))
            pytest.xfail("; ".join(known))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the report alone for a layer that fails: where maskcheck noticed helps nobody."""
        if isinstance(excinfo.value, LayerFails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return the file of the class, its line counted from 0, and the name of the test."""
        subject = self._planned.subject if isinstance(self._planned, Job) else self._planned
        assert subject is not None, "worlds are not planned"
        return Path(subject.file), max(subject.line - 1, 0), self.name
