"""MC003."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.text import reason


class ConstructFailed(Rule):
    """``__init__`` raised on the arguments of the case."""

    code = "MC003"
    name = "construct-failed"
    routes = (BUILD,)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the construction of the original."""
        failure = look.evidence.failure
        if failure and failure.step == "construct":
            error = failure.error
            yield self.finding(
                look,
                "__init__",
                f"__init__ raised {reason(error)}",
                **at(look.evidence, "__init__"),
            )
