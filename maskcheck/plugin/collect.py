"""From targets to tests: one for each case of each layer, an error for each module that does not import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from maskcheck.cli.from_keywords import settings_by_keywords
from maskcheck.engine.on_demand import prepare_scan
from maskcheck.engine.plan import PlannedStep
from maskcheck.errors import MaskcheckError
from maskcheck.judging.exit_code import is_failing
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.plugin.items import CaseTest, ScheduledLayer
from maskcheck.plugin.schedule import Schedule
from maskcheck.report.formats.to_string import layer_text


class Targets(pytest.Collector):
    """All layers that are asked for."""

    def __init__(self, *, targets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._targets = targets

    def collect(self) -> Iterator[pytest.Collector]:
        """Import the targets in processes that stay until the session ends, and yield the layers.

        Raises:
            CollectError: the targets, the settings or the spec are wrong.
        """
        stack = ExitStack()
        self.config.add_cleanup(stack.close)
        targets = [name.strip() for target in self._targets for name in target.split(",")]
        try:
            settings = settings_by_keywords(targets, {})
            scan = stack.enter_context(prepare_scan(settings))
        except MaskcheckError as error:
            raise self.CollectError(f"maskcheck: {error}") from None
        schedule = Schedule(scan, self._coming)
        for number, planned in enumerate(scan.planned):
            place = ScheduledLayer(number, schedule, settings)
            yield Layer.from_parent(self, name=_layer_name(planned), planned=planned, place=place)

    def _coming(self) -> list[int]:
        """Return the layers of all selected tests, none where pytest-xdist hands these out one by one."""
        if hasattr(self.config, "workerinput"):
            return []
        return [item.place.number for item in self.session.items if isinstance(item, CaseTest)]


class Layer(pytest.Collector):
    """One layer, or a module that cannot be imported."""

    def __init__(self, *, planned: PlannedStep, place: ScheduledLayer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._planned = planned
        self._place = place

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each case; repeats of a case belong to its test.

        Raises:
            CollectError: the module cannot be imported; says why.
        """
        planned = self._planned
        if not isinstance(planned, LayerReport):
            assert planned.subject is not None, "only layers are planned"
            cases = [case.id for case in planned.spec.cases] if planned.spec else []
            for case in cases or ["inferred"]:
                first = not cases or case == cases[0]
                yield CaseTest.from_parent(
                    self, name=case, first=first, place=self._place, where=planned.subject
                )
        elif planned.verdict is Verdict.SKIPPED:
            test = CaseTest.from_parent(self, name="skipped", first=True, place=self._place, where=planned)
            test.add_marker(pytest.mark.skip(reason=planned.skip))
            yield test
        elif not is_failing(planned):
            yield CaseTest.from_parent(self, name="unchecked", first=True, place=self._place, where=planned)
        else:
            raise self.CollectError(layer_text(planned))


def _layer_name(planned: PlannedStep) -> str:
    if isinstance(planned, LayerReport):
        return planned.id
    assert planned.subject is not None, "only layers are planned"
    return planned.subject.id
