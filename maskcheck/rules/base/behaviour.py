"""What the rules on behaviour have in common."""

from __future__ import annotations

from maskcheck.compare.snapshots import CallChange
from maskcheck.compare.values import Difference
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP
from maskcheck.rules.base.rule import CONFIG_ROUTES, WEIGHT_ROUTES, Look


def select_plain_calls(look: Look) -> list[CallChange]:
    """Return the calls of the layer alone, without the modes that have rules of their own."""
    return [call for call in look.contrast.calls if call.mode not in (DOWNSTREAM, TRAINING_STEP)]


def is_reshaped(difference: Difference) -> bool:
    """Tell whether outputs differ in structure, shape or dtype rather than in values."""
    delta = difference.delta
    if delta is None:
        return True
    return delta.before_shape != delta.after_shape or delta.before_dtype != delta.after_dtype


def explain_inconclusive(look: Look) -> str:
    """Return why a difference on this trip proves nothing, "" if it does."""
    if look.behaves_only_from_files:
        return "the layer has state that only the .keras file carries"
    if (
        look.route in WEIGHT_ROUTES
        and look.route not in CONFIG_ROUTES
        and (look.contrast.attributes or look.contrast.flags)
    ):
        return "the layer has attributes that a weights file does not carry"
    return ""
