"""MC602."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import reason
from maskcheck.rules.weight_rule import CONFIG_RULES


class LoadFailed(Rule):
    """A saved file does not load."""

    code = "MC602"
    name = "load-failed"
    routes = ("keras", "weights")
    requires = (*CONFIG_RULES, "MC107", "MC203", "MC302", "MC306", "MC307", "MC601")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back, inside a model and alone."""
        failure = look.trip.failure if look.trip else None
        if look.trip is None or failure is None or failure.step != "load":
            return
        cause = reason(failure.error)
        if look.trip.form == "alone" and self._loads_in_a_model(look):
            yield self.finding(
                look,
                "build",
                "alone the layer cannot be loaded or copied (copy.deepcopy, pickle), in a functional model "
                f"it can: build() does not create all of its weights ({cause})",
                severity=Severity.WARNING,
                hint="def build(self, input_shape): build every sub-layer that is not built",
                **at(look.evidence, "build", "__init__"),
            )
            return
        yield self.finding(
            look,
            "load",
            f"the saved file does not load: {cause}",
            **at(look.evidence, "from_config", "get_config", "build"),
        )

    def _loads_in_a_model(self, look: Look) -> bool:
        return any(t.form == "functional" and t.after and not t.failure for t in look.evidence.trips)
