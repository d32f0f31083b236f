"""MC302."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES, changes, weights_finding


class WeightMissing(Rule):
    """Fewer or more weights come back than there were."""

    code = "MC302"
    name = "weight-missing"
    requires = (*CONFIG_RULES, "MC203", "MC304", "MC307")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge which weights are there."""
        found = changes(look, "weight")
        place = at(look.evidence, "build", "__init__")
        gone = [change for change in found if change.after is None]
        new = [change for change in found if change.before is None]
        if gone:
            yield weights_finding(self, look, gone, "{0} did not come back", place)
        if new:
            yield weights_finding(self, look, new, "{0} came back though it was not there before", place)
