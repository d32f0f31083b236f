"""MC503."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.behaviour import ROOTS
from maskcheck.rules.mask_lost import is_gone
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import mask_rows


class MaskChanged(Rule):
    """Another mask comes out of the restored layer."""

    code = "MC503"
    name = "mask-changed"
    requires = (*ROOTS, "MC501", "MC502")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge masks that differ, and masks where there were none."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.masks if not is_gone(d)]
        if found:
            mode, difference = found[0]
            yield self.finding(
                look,
                "mask",
                f"another mask comes out of the {mode} call",
                masks=tuple(mask_rows("mask", difference.before, difference.after)),
                **at(look.evidence, "compute_mask", "call"),
            )
