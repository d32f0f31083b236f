"""What the rules on weights have in common."""

from __future__ import annotations

from collections.abc import Iterable

from maskcheck.compare.snapshots import WeightChange
from maskcheck.model.finding import ArrayDelta, Finding
from maskcheck.model.snapshot import WeightKind
from maskcheck.rules.base.rule import WHOLE_ROUTES, Look, Rule
from maskcheck.rules.base.source_location import Place, is_user_defined
from maskcheck.rules.base.text import join_first_names

# The forms of models that call their layers again while they are loaded.
CALLED_AGAIN = ("functional", "sequential")


def list_weight_changes(look: Look, *kinds: WeightKind) -> list[WeightChange]:
    """Return the changed variables of the given kinds, judged by what they were before."""
    return [c for c in look.contrast.weights if (c.before or c.after) and (c.before or c.after).kind in kinds]  # type: ignore[union-attr]


def are_values_changed(change: WeightChange) -> bool:
    """Tell whether a variable is on both sides, in one shape and dtype, with other values."""
    old, new = change.before, change.after
    if old is None or new is None or change.difference is None:
        return False
    return old.array.shape == new.array.shape and old.dtype == new.dtype


def find_unbuilt(look: Look) -> list[WeightChange]:
    """Return the weights that are lost because ``build`` does not make them.

    A functional model calls the layer again while it loads, unless the class states itself what comes out;
    what is lost in such a call has another reason.
    """
    stated = is_user_defined(look.evidence, "compute_output_shape", "compute_output_spec")
    called_again = look.trip is not None and look.trip.form in CALLED_AGAIN and not stated
    if look.trip is None or look.route not in WHOLE_ROUTES or called_again:
        return []
    lacking = {path for layer in look.evidence.unbuilt for path in layer.weights}
    return [change for change in list_weight_changes(look, "weight") if change.path in lacking]


def is_merged_by_lora(look: Look, change: WeightChange) -> bool:
    """Tell whether a weight only looks lost: Keras files the kernel with what LoRA added to it, and no LoRA.

    The copy then starts LoRA anew from the same sum, so that no call gives anything else.
    """
    before = look.evidence.before
    layer = before.layers.get(change.path.rpartition(".")[0]) if before else None
    same = not any(call.outputs or call.losses or call.error for call in look.contrast.calls)
    return layer is not None and layer.attributes.get("lora_enabled") is True and same


def find_swapped_paths(look: Look) -> list[str]:
    """Return the paths of weights that gave their values to such a path and have those of another."""
    moved = [c for c in list_weight_changes(look, "weight") if are_values_changed(c)]
    gone = {c.path for c in moved if any(_holds(other, c) for other in moved if other is not c)}
    came = {c.path for c in moved if any(_holds(c, other) for other in moved if other is not c)}
    return [c.path for c in moved if c.path in gone & came]


def _holds(other: WeightChange, change: WeightChange) -> bool:
    import numpy as np

    assert other.after is not None
    assert change.before is not None
    return bool(np.array_equal(other.after.array, change.before.array))


def make_weights_finding(
    rule: Rule, look: Look, found: Iterable[WeightChange], message: str, place: Place
) -> Finding:
    """Return one finding for all the weights that share a fault; ``{0}`` in the message names them."""
    found = list(found)
    names = [change.path for change in found]
    figures: tuple[ArrayDelta, ...] = tuple(
        change.difference.delta for change in found if change.difference and change.difference.delta
    )
    return rule.finding(
        look,
        names,
        message.format(join_first_names(names)),
        deltas=figures,
        file=place["file"],
        line=place["line"],
    )
