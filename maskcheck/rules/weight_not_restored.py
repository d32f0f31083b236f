"""MC301."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES, changes, swapped_paths, values_changed, weights_finding


class WeightNotRestored(Rule):
    """A weight comes back with other values."""

    code = "MC301"
    name = "weight-not-restored"
    routes = ("keras", "weights")
    requires = (*CONFIG_RULES, "MC307")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the values of the weights that Keras tracks."""
        moved = set(swapped_paths(look))
        lost = [c for c in changes(look, "weight") if values_changed(c) and c.path not in moved]
        if lost:
            place = at(look.evidence, "load_own_variables", "build", "__init__")
            yield weights_finding(self, look, lost, "{0} came back with other values than were saved", place)
