"""MC009."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.model.report import Unproven
from maskcheck.rules.rule import Rule


class TooFewProven(Rule):
    """Fewer constructor arguments are proven than ``--min-proven`` asks for.

    What it finds

    A layer of which a smaller share of the constructor arguments was shown to survive than the
    command line asks for. Without ``--min-proven`` nothing is asked.

    Why it matters

    An argument that was never given a second value may be lost without anybody noticing. The
    share of proven arguments says how much a green result is worth.

    Bad

        maskcheck scan mymodule --min-proven 90    # one argument of four has no second value

    Good

        layers:
          Pool:
            init: {mode: mean}
            input: {shape: [2, 5, 8]}
            probe: {mode: [sum, max]}

    Fix

    Name values worth trying under ``probe:`` in the spec, or add a case that gives the argument
    another value. ``-v`` lists the unproven arguments and why they are.
    """

    code = "MC009"
    name = "too-few-proven"
    routes = ()

    def missing(
        self, subject: Subject, proven: Sequence[str], unproven: Sequence[Unproven], wanted: float
    ) -> tuple[Finding, ...]:
        """Return the finding for a layer that proves less than ``wanted`` percent, else nothing."""
        total = len(proven) + len(unproven)
        if not total or 100 * len(proven) >= wanted * total:
            return ()
        names = ", ".join(entry.name for entry in unproven)
        message = f"{len(proven)} of {total} arguments are proven, {wanted:g} % are asked for: not {names}"
        finding = Finding(
            self.code,
            self.name,
            self.severity,
            names,
            message,
            hint=f"probe: {{{unproven[0].name}: [...]}}",
            file=subject.file,
            line=subject.line,
        )
        return (finding,)
