"""What the rules on weights have in common."""

from __future__ import annotations

from collections.abc import Iterable

from maskcheck.compare.snapshots import WeightChange
from maskcheck.model.finding import ArrayDelta, Finding
from maskcheck.model.snapshot import WeightKind
from maskcheck.rules.places import Place
from maskcheck.rules.rule import Look, Rule
from maskcheck.rules.text import listed

# What an argument that is lost does to weights is that argument's fault.
CONFIG_RULES = ("MC101", "MC102", "MC103", "MC104", "MC105", "MC106", "MC108", "MC109")


def changes(look: Look, *kinds: WeightKind) -> list[WeightChange]:
    """Return the changed variables of the given kinds, judged by what they were before."""
    return [c for c in look.contrast.weights if (c.before or c.after) and (c.before or c.after).kind in kinds]  # type: ignore[union-attr]


def values_changed(change: WeightChange) -> bool:
    """Tell whether a variable is on both sides, in one shape and dtype, with other values."""
    old, new = change.before, change.after
    if old is None or new is None or change.difference is None:
        return False
    return old.array.shape == new.array.shape and old.dtype == new.dtype


def swapped_paths(look: Look) -> list[str]:
    """Return the paths of weights that gave their values to such a path and have those of another."""
    moved = [c for c in changes(look, "weight") if values_changed(c)]
    gone = {c.path for c in moved if any(_holds(other, c) for other in moved if other is not c)}
    came = {c.path for c in moved if any(_holds(c, other) for other in moved if other is not c)}
    return [c.path for c in moved if c.path in gone & came]


def _holds(other: WeightChange, change: WeightChange) -> bool:
    import numpy as np

    assert other.after is not None
    assert change.before is not None
    return bool(np.array_equal(other.after.array, change.before.array))


def weights_finding(
    rule: Rule, look: Look, found: Iterable[WeightChange], message: str, place: Place
) -> Finding:
    """Return one finding for all the weights that share a fault; ``{0}`` in the message names them."""
    found = list(found)
    names = listed(change.path for change in found)
    figures: tuple[ArrayDelta, ...] = tuple(
        change.difference.delta for change in found if change.difference and change.difference.delta
    )
    return rule.finding(
        look, names, message.format(names), deltas=figures, file=place["file"], line=place["line"]
    )
