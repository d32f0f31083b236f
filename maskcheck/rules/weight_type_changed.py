"""MC306."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES, changes, values_changed, weights_finding


class WeightTypeChanged(Rule):
    """A weight comes back in another shape or dtype."""

    code = "MC306"
    name = "weight-type-changed"
    requires = (*CONFIG_RULES, "MC307")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge shape and dtype of the weights on both sides."""
        found = [
            c
            for c in changes(look, "weight")
            if c.before and c.after and c.difference and not values_changed(c)
        ]
        if found:
            place = at(look.evidence, "build", "__init__")
            yield weights_finding(self, look, found, "{0} came back in another shape or dtype", place)
