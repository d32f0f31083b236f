"""MC007."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import listed


class Unstable(Rule):
    """The layer differs from itself, so a comparison cannot be made."""

    code = "MC007"
    name = "unstable"
    severity = Severity.WARNING
    requires = ("MC108",)

    def explains(self, finding: Finding) -> bool:
        """An unstable output cannot be compared, whatever the severity."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge what differs on a trip and differs between two builds or two calls as well."""
        if look.evidence.unsteady:
            modes = listed(sorted(look.evidence.unsteady))
            yield self.finding(
                look,
                "outputs",
                f"two equal calls of the layer give different results ({modes}), so they cannot be compared",
                **at(look.evidence, "call"),
            )
        if look.feeds_behaviour():
            return
        for change in look.lost_attributes():
            if change.public and change.own and change.path in look.unstable - look.evidence.counters:
                yield self.finding(
                    look,
                    change.path,
                    f"{change.path} differs whenever the layer is built, so it cannot be compared",
                    **at(look.evidence, "build", "__init__"),
                )
