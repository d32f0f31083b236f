"""MC202."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import deltas
from maskcheck.show import show


class AttributeRandom(Rule):
    """An attribute drawn at random when the layer is made feeds the output."""

    code = "MC202"
    name = "attribute-random"
    requires = ("MC101", "MC102", "MC103", "MC104", "MC106", "MC108", "MC109", "MC307")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge attributes that differ on the trip and whenever the layer is built."""
        if not look.feeds_behaviour():
            return
        for change in look.lost_attributes():
            if change.path not in look.unstable - look.evidence.counters:
                continue
            difference = change.differences[0]
            yield self.finding(
                look,
                change.path,
                f"{change.path} is drawn anew whenever the layer is built, and no file holds it",
                before=show(difference.before),
                after=show(difference.after),
                deltas=deltas(change.differences),
                hint=f"make {change.path} a weight: self.add_weight(..., trainable=False)",
                **at(look.evidence, "build", "__init__"),
            )
