"""What the rules on behaviour have in common: all that explains a changed output."""

from __future__ import annotations

from maskcheck.compare.snapshots import CallChange
from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP
from maskcheck.rules.base.rule import CONFIG_ROUTES, WEIGHT_ROUTES, Look
from maskcheck.rules.base.weights import CONFIG_RULES

ROOTS = (
    *CONFIG_RULES,
    "MC204",
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
    "MC602",
    "MC604",
    "MC607",
    "MC701",
)
# All of these, and the device where it alone was changed.
CAUSES = (*ROOTS, "MC702")

BEHAVIOUR = frozenset({"MC401", "MC402", "MC403", "MC404", "MC502", "MC503"})
# Rules whose findings, put back on the copy, would have mended it if they were the reason.
# A lost argument is not among them: it may have done its work in build already.
SEEN_ON_THE_LAYER = frozenset({"MC201", "MC202", "MC204", "MC301", "MC303", "MC304", "MC305", "MC501"})


def shows_in_calls_only(root: Finding) -> bool:
    """Tell whether what was lost can only change what a call gives: how inputs are cast."""
    return root.rule == "MC701" and all(name.endswith("autocast") for name in root.subject.split(", "))


def plain_calls(look: Look) -> list[CallChange]:
    """Return the calls of the layer alone, without the modes that have rules of their own."""
    return [call for call in look.contrast.calls if call.mode not in (DOWNSTREAM, TRAINING_STEP)]


def reshaped(difference: Difference) -> bool:
    """Tell whether outputs differ in structure, shape or dtype rather than in values."""
    delta = difference.delta
    if delta is None:
        return True
    return delta.before_shape != delta.after_shape or delta.before_dtype != delta.after_dtype


def carried_by_file(look: Look) -> str:
    """Return why a difference on this trip proves nothing, "" if it does."""
    if look.behaves_from_files:
        return "the layer has state that only the .keras file carries"
    if (
        look.route in WEIGHT_ROUTES
        and look.route not in CONFIG_ROUTES
        and (look.contrast.attributes or look.contrast.flags)
    ):
        return "the layer has attributes that a weights file does not carry"
    return ""
