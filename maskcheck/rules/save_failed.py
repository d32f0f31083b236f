"""MC601."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import reason


class SaveFailed(Rule):
    """A file format refuses to save the layer."""

    code = "MC601"
    name = "save-failed"
    routes = ("keras", "weights")
    requires = ("MC106",)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way out."""
        failure = look.trip.failure if look.trip else None
        if failure and failure.step == "save":
            error = failure.error
            yield self.finding(
                look,
                "save",
                f"saving raises {reason(error)}",
                **at(look.evidence, "save_own_variables", "save_assets", "get_config"),
            )
