"""Which failures the scan of a layer could have shown, had they been there."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.model.case import Expectation
from maskcheck.model.finding import Check, Status
from maskcheck.model.route import DEFAULT_ROUTES
from maskcheck.model.variant import covers, repeats_another
from maskcheck.rules.base.rule import BUILD, Rule
from maskcheck.rules.registry import rule_of
from maskcheck.rules.run.too_few_proven import TooFewProven

_UNDECIDED = frozenset({Status.BLOCKED, Status.INCONCLUSIVE})


@dataclass(frozen=True)
class Coverage:
    """What was looked at: ``case`` is the only one that was asked for, None where all were.

    ``unproven`` are the arguments whose survival was not shown, ``min_proven`` is the share that
    was asked for.
    """

    routes: tuple[str, ...]
    case: str | None
    checks: tuple[Check, ...]
    unproven: frozenset[str]
    min_proven: float

    def could_show(self, expectation: Expectation) -> bool:
        """Tell whether an expected failure would have been seen; what names no rule cannot fail at all."""
        rule = rule_of(expectation.rule)
        if rule is None:
            return True
        return (
            self._has_case(expectation)
            and self._took_routes(rule, expectation)
            and self._was_decided(rule, expectation)
            and not self._left_open(rule, expectation)
        )

    def _has_case(self, expectation: Expectation) -> bool:
        ran = {check.case for check in self.checks}
        if expectation.repeated:
            return any(map(repeats_another, ran))
        if expectation.case and repeats_another(expectation.case):
            return expectation.case in ran
        return self.case is None or expectation.case == self.case

    def _took_routes(self, rule: Rule, expectation: Expectation) -> bool:
        """Tell whether its route was taken, or where it names none, all usual ones of its rule, if any."""
        taken = (BUILD, *self.routes)
        if expectation.route:
            return expectation.route in taken
        usual = [route for route in rule.routes if route in DEFAULT_ROUTES]
        if usual or not rule.routes:
            return all(route in taken for route in usual)
        return any(route in taken for route in rule.routes)

    def _was_decided(self, rule: Rule, expectation: Expectation) -> bool:
        return not any(
            check.rule == rule.code
            and check.status in _UNDECIDED
            and (expectation.case is None or covers(expectation.case, check.case))
            and expectation.route in (None, check.route)
            for check in self.checks
        )

    def _left_open(self, rule: Rule, expectation: Expectation) -> bool:
        if rule.code == TooFewProven.code:
            return not self.min_proven
        named = self.unproven.intersection(expectation.subjects) if expectation.subjects else self.unproven
        return rule.judges_probes and bool(named)
