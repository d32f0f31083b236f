"""MC701."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES
from maskcheck.show import show


class DtypeBehaviourChanged(Rule):
    """The restored layer casts its inputs otherwise."""

    code = "MC701"
    name = "dtype-behaviour-changed"
    routes = ("config", "keras")
    requires = CONFIG_RULES

    def explains(self, finding: Finding) -> bool:
        """What autocast changes needs no other reason, Keras' own fault though it may be."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge autocast: an own argument of the layer, or one that Keras itself never writes."""
        own = any(a.name == "autocast" and not a.base for a in look.evidence.arguments)
        for difference in look.contrast.flags:
            if difference.path != "autocast":
                continue
            yield self.finding(
                look,
                "autocast",
                "autocast does not come back"
                + (
                    ""
                    if own
                    else ": Keras' own get_config never writes it, so every layer that has one loses it"
                ),
                severity=Severity.ERROR if own else Severity.NOTE,
                before=show(difference.before),
                after=show(difference.after),
                hint='config.update({"autocast": self.autocast})',
                **at(look.evidence, "get_config"),
            )
