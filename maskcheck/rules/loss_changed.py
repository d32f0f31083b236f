"""MC403."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.behaviour import ROOTS, carried_by_file
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.show import show


class LossChanged(Rule):
    """The losses that the layer adds differ."""

    code = "MC403"
    name = "loss-changed"
    requires = (*ROOTS, "MC007", "MC401", "MC402")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge add_loss, activity and weight regularization in every mode."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.losses]
        if not found:
            return
        reason = carried_by_file(look)
        if reason:
            yield Inconclusive(reason)
            return
        mode, difference = found[0]
        counted = difference.path == "losses"
        yield self.finding(
            look,
            "losses",
            f"the {mode} call adds {'another number of losses' if counted else 'another loss'}, "
            "though the outputs agree",
            before=show(difference.before),
            after=show(difference.after),
            **at(look.evidence, "call", "build", "__init__"),
        )
