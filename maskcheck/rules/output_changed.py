"""MC401."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.behaviour import ROOTS, carried_by_file, reshaped
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import deltas, outputs_sentence


class OutputChanged(Rule):
    """The restored layer gives other outputs, and nothing on it says why."""

    code = "MC401"
    name = "output-changed"
    requires = (*ROOTS, "MC007", "MC402")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge inference and seeded training, with and without masks."""
        if not look.steady:
            yield Inconclusive("two equal calls of the original differ")
            return
        changed = [
            call for call in look.contrast.calls if call.error or any(not reshaped(d) for d in call.outputs)
        ]
        if not changed:
            return
        reason = carried_by_file(look)
        if reason:
            yield Inconclusive(reason)
            return
        sentences = "; ".join(outputs_sentence(call) for call in changed)
        yield self.finding(
            look,
            "outputs",
            f"{sentences}, though arguments, attributes and weights came back",
            deltas=deltas(d for call in changed for d in call.outputs),
            **at(look.evidence, "call"),
        )
