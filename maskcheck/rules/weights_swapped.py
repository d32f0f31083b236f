"""MC303."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES, changes, swapped_paths, weights_finding


class WeightsSwapped(Rule):
    """The values of the weights are all there, under other names."""

    code = "MC303"
    name = "weights-swapped"
    routes = ("keras", "weights")
    requires = (*CONFIG_RULES, "MC307")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge values that came back in another weight of the same shape."""
        moved = set(swapped_paths(look))
        found = [change for change in changes(look, "weight") if change.path in moved]
        if found:
            place = at(look.evidence, "load_own_variables", "build", "__init__")
            message = "{0} came back with each other's values: Keras saves weights by position"
            yield weights_finding(self, look, found, message, place)
