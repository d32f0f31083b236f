"""MC009."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.model.report import Unproven
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.base.text import join_names


class TooFewProven(Rule):
    """Fewer constructor arguments are proven than --min-proven asks for.

    What it finds
        A layer of which a smaller share of the constructor arguments was shown to
        survive than `--min-proven` asks for, in percent. An argument is proven
        once a value other than its default came back.
        Without `--min-proven` nothing is asked, and a layer without arguments
        always has enough.

    Why it matters
        An argument that was only ever tried at its default may be lost without
        anybody noticing. The share says how much a green result is worth.

    Bad
        ```yaml
        version: 1
        layers:
          Pool:
            input: {shape: [2, 5, 8]}
        ```

    Good
        ```yaml
        version: 1
        layers:
          Pool:
            input: {shape: [2, 5, 8]}
            probe: {mode: [sum, max]}
        ```

    Fix
        Name values worth trying below `probe:` in the spec, or add a case that gives
        the argument another value. With -v the report lists the arguments that are
        not proven, each with the reason.
    """

    code = "MC009"
    name = "too-few-proven"
    no_script = "how many arguments are proven is a count of the scan"
    routes = ()
    mends = False

    def missing(
        self, subject: Subject, proven: Sequence[str], unproven: Sequence[Unproven], wanted: float
    ) -> tuple[Finding, ...]:
        """Return the finding for a layer that proves less than ``wanted`` percent, else nothing."""
        total = len(proven) + len(unproven)
        if not total or 100 * len(proven) >= wanted * total:
            return ()
        names = tuple(entry.name for entry in unproven)
        share = f"{len(proven)} of {total} arguments are proven, {wanted:g} % are asked for"
        finding = Finding(
            self.code,
            self.name,
            self.severity,
            names,
            f"{share}: not {join_names(names)}",
            hint=f"probe: {{{unproven[0].name}: [...]}}",
            file=subject.file,
            line=subject.line,
        )
        return (finding,)
