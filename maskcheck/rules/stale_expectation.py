"""MC008."""

from __future__ import annotations

from maskcheck.rules.rule import Rule


class StaleExpectation(Rule):
    """An expected failure of the spec no longer fails, has expired, or names nothing."""

    code = "MC008"
    name = "stale-expectation"
    routes = ()
