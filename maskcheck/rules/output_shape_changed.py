"""MC402."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.behaviour import ROOTS, carried_by_file, reshaped
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import deltas
from maskcheck.show import show


class OutputShapeChanged(Rule):
    """The outputs come back in another structure, shape or dtype."""

    code = "MC402"
    name = "output-shape-changed"
    requires = (*ROOTS, "MC007")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the form of the outputs in every mode."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.outputs if reshaped(d)]
        if not found:
            return
        reason = carried_by_file(look)
        if reason:
            yield Inconclusive(reason)
            return
        mode, difference = found[0]
        yield self.finding(
            look,
            "outputs",
            f"the {mode} outputs come back in another structure, shape or dtype",
            before=show(difference.before),
            after=show(difference.after),
            deltas=deltas(d for _, d in found),
            **at(look.evidence, "call"),
        )
