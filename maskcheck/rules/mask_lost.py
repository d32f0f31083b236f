"""MC502."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding
from maskcheck.model.value import ABSENT
from maskcheck.rules.behaviour import ROOTS
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import mask_rows


def is_gone(difference: Difference) -> bool:
    """Tell whether a mask came out before and none does now."""
    gone = difference.after is None or difference.after is ABSENT
    return gone and difference.before is not None


class MaskLost(Rule):
    """A mask came out of the layer before, and none does after."""

    code = "MC502"
    name = "mask-lost"
    requires = (*ROOTS, "MC501")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the masks on the outputs and what compute_mask says."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.masks if is_gone(d)]
        if found:
            mode, difference = found[0]
            yield self.finding(
                look,
                "mask",
                f"the {mode} outputs carried a mask, and those of the restored layer carry none",
                masks=tuple(mask_rows("mask", difference.before, difference.after)),
                **at(look.evidence, "compute_mask", "__init__"),
            )
