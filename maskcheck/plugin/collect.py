"""From targets to tests: one for each case of each layer, an error for each module that does not import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from maskcheck.api.options import settings_for
from maskcheck.engine.plan import Planned, case_ids
from maskcheck.engine.prepared import Prepared, prepared
from maskcheck.errors import MaskcheckError
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.plugin.items import CaseTest
from maskcheck.plugin.turns import Turns
from maskcheck.report.shown import layer_text


class Layers(pytest.Collector):
    """All layers of the targets."""

    def __init__(self, *, targets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._targets = targets

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Import the targets in processes that stay until the session ends, and yield the tests.

        Raises:
            CollectError: the targets, the settings or the spec are wrong.
        """
        stack = ExitStack()
        self.config.add_cleanup(stack.close)
        targets = [name for target in self._targets for name in target.split(",")]
        try:
            scan = stack.enter_context(prepared(settings_for(targets, {"fail_fast": False})))
        except MaskcheckError as error:
            raise self.CollectError(f"maskcheck: {error}") from None
        turns = Turns(scan, self._coming)
        for place, planned in enumerate(scan.planned):
            if isinstance(planned, LayerReport) and planned.verdict is not Verdict.SKIPPED:
                yield Broken.from_parent(self, name=planned.id, report=planned)
                continue
            name, cases = _named(planned, scan)
            for case in cases:
                yield CaseTest.from_parent(
                    self,
                    name=f"{name}::{case}",
                    place=place,
                    planned=planned,
                    case=case,
                    first=case == cases[0],
                    turns=turns,
                )

    def _coming(self) -> list[int]:
        """Return the layers of all selected tests, none where pytest-xdist hands these out one by one."""
        if hasattr(self.config, "workerinput"):
            return []
        return [item.place for item in self.session.items if isinstance(item, CaseTest)]


class Broken(pytest.Collector):
    """A module that cannot be imported, and so has no tests."""

    def __init__(self, *, report: LayerReport, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._report = report

    def collect(self) -> Iterator[pytest.Item]:
        """Say why.

        Raises:
            CollectError: always.
        """
        raise self.CollectError(layer_text(self._report))


def _named(planned: Planned, scan: Prepared) -> tuple[str, Sequence[str]]:
    """Return the id of a layer and those of its cases."""
    if isinstance(planned, LayerReport):
        return planned.id, ["skipped"]
    assert planned.subject is not None, "only layers are planned"
    return planned.subject.id, case_ids(planned.spec, scan.settings)
