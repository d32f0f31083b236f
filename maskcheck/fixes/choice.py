"""Which findings are to be mended: those of some rules, or those with some ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maskcheck.errors import NothingToCheck
from maskcheck.fixes.judge import is_same, list_open
from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.rules.registry import select_rules
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Choice:
    """Findings of the ``rules`` with these codes; if ``named`` is not empty, only what is the same as these.

    ``named`` are pairs of the id of a class and a finding of it.
    """

    rules: frozenset[str]
    named: tuple[tuple[str, Finding], ...] = ()

    def list_wanted(self, layer: LayerReport) -> tuple[Finding, ...]:
        """Return the open findings of a layer that are to be mended."""
        return tuple(finding for finding in list_open(layer) if self._has(layer, finding))

    def _has(self, layer: LayerReport, finding: Finding) -> bool:
        if self.named and not any(n == layer.id and is_same(finding, other) for n, other in self.named):
            return False
        return finding.rule in self.rules


def choose_findings(report: Report, settings: Settings, ids: Sequence[str]) -> Choice:
    """Return the choice that settings and ids make among the findings of a report.

    Args:
        settings: ``select`` and ``ignore`` hold codes, their beginnings, or names of rules.
        ids: of findings, or how they begin; all findings if there are none.

    Raises:
        NothingToCheck: no finding has one of the ids.
        UsageError: no rule has one of the codes.
    """
    known = [(layer.id, finding, text) for layer, finding, text in fingerprint_findings(report)]
    for each in ids:
        if not any(text.startswith(each.lower()) for _, _, text in known):
            raise NothingToCheck(f"no finding has the id {each}", hint="a scan with -v shows the ids")
    starts = tuple(each.lower() for each in ids)
    named = tuple((name, finding) for name, finding, text in known if starts and text.startswith(starts))
    return Choice(frozenset(rule.code for rule in select_rules(settings.select, settings.ignore)), named)
