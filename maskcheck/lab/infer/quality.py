"""Whether an accepted input shows anything: finite outputs that depend on it."""

from __future__ import annotations

from maskcheck.compare.values import compare
from maskcheck.lab.build import Built
from maskcheck.lab.calls import call_once, finite, modes
from maskcheck.lab.inputs import call_inputs
from maskcheck.model.case import Case

BEST, WEAK, POOR, ONCE = 0, 1, 2, 3


def quality(built: Built, case: Case, seed: int) -> int:
    """Return BEST for a call that shows something.

    WEAK if the outputs do not depend on the data, POOR if they are not finite, ONCE if
    the layer cannot be called a second time.
    """
    inference = modes(built.layer, built.inputs, seed)["inference"]
    result = call_once(built.layer, inference, seed)
    if result.error is not None:
        return ONCE
    if not finite(result):
        return POOR
    other = modes(built.layer, call_inputs(case, seed + 1), seed)["inference"]
    changed = call_once(built.layer, other, seed)
    return BEST if changed.error is not None or compare(result.outputs, changed.outputs) else WEAK
