"""What the rules on behaviour have in common: all that explains a changed output."""

from __future__ import annotations

from maskcheck.compare.values import Difference
from maskcheck.rules.rule import Look
from maskcheck.rules.weight_rule import CONFIG_RULES

ROOTS = (
    *CONFIG_RULES,
    "MC107",
    "MC201",
    "MC202",
    "MC203",
    "MC301",
    "MC302",
    "MC303",
    "MC304",
    "MC306",
    "MC307",
    "MC308",
    "MC604",
    "MC701",
)


def reshaped(difference: Difference) -> bool:
    """Tell whether outputs differ in structure, shape or dtype rather than in values."""
    delta = difference.delta
    if delta is None:
        return True
    return delta.before_shape != delta.after_shape or delta.before_dtype != delta.after_dtype


def carried_by_file(look: Look) -> str:
    """Return why a difference on this trip proves nothing, "" if it does.

    A config holds no state, and a weights file no attributes: what the .keras file
    brings back is not lost, and what it loses is reported there.
    """
    if look.route == "keras" or not any(trip.route == "keras" for trip in look.evidence.trips):
        return ""
    if look.contrast.attributes or look.contrast.weights or look.contrast.flags:
        return "the layer has state that only the .keras file carries"
    return ""
