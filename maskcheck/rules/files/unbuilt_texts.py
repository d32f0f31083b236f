"""What is said of sub-layers that ``build`` leaves out."""

from __future__ import annotations

from maskcheck.model.evidence import Evidence
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.text import join_first_names
from maskcheck.rules.base.weights import find_unbuilt

MODEL_FILES = ("keras", "fresh")
ALONE = "alone the layer cannot be loaded or copied (copy.deepcopy, pickle)"
_MADE = {"__init__": "__init__()", "build": "build()", "call": "the first call"}


def describe_unbuilt(evidence: Evidence) -> str:
    """Return who leaves which layers unbuilt, or makes which weights too late."""
    layers, gaps = evidence.unbuilt, evidence.build_gaps
    if not gaps:
        weights = join_first_names(path for layer in layers for path in layer.weights)
        return f"build() does not make {weights}, which the first call makes"
    names = join_first_names(layer.path for layer in layers)
    made = f"{names}, made in {' and '.join(dict.fromkeys(_MADE[layer.made_in] for layer in layers))}"
    first = gaps[0]
    if first.build.builtin:
        return f"{first.holder or 'the class'} has no build(), so that nobody builds {made}"
    return f"build(){f' of {first.holder}' if first.holder else ''} does not build {made}"


def describe_loss(evidence: Evidence) -> str:
    """Return what comes of it when a file is read, which calls build() alone."""
    if is_lost_everywhere(evidence):
        return "a file that is read has no place for the weights"
    if evidence.untraceable:
        return "loaded or copied (copy.deepcopy, pickle), the layer loses the weights"
    return f"{ALONE} with its weights, in a functional model, which calls it again, it can"


def is_lost_everywhere(evidence: Evidence) -> bool:
    """Tell whether whole models lose them: the layer is one, or a functional one does, too."""
    forms = {trip.form: trip for trip in evidence.trips if trip.route in MODEL_FILES}
    inside = forms.get("functional")
    lost = inside and (inside.failure or not inside.after or find_unbuilt(Look(evidence, inside)))
    return evidence.facts.is_model or bool(lost)
