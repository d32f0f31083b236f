"""MC006."""

from __future__ import annotations

from maskcheck.rules.rule import Rule


class TimedOut(Rule):
    """The layer took longer than its time limit."""

    code = "MC006"
    name = "timed-out"
    routes = ()
