"""MC004."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.text import reason

_STEPS = {"call": "the first call raised", "prepare": "a preparation of the spec raised"}


class CallFailed(Rule):
    """The layer could not be built, prepared or called on the inputs of the case."""

    code = "MC004"
    name = "call-failed"
    routes = (BUILD,)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the first call of the original."""
        failure = look.evidence.failure
        if failure and failure.step in _STEPS:
            error = failure.error
            place = at(look.evidence, "call")
            if error.file:
                place = {"file": error.file, "line": error.line}
            yield self.finding(
                look,
                "call" if failure.step == "call" else "prepare",
                f"{_STEPS[failure.step]} {reason(error)}",
                **place,
            )
