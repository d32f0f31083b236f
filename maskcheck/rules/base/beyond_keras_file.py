"""What only a .keras file carries: that another route loses it is no fault of the layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.compare.snapshots import Contrast, WeightChange


def drop_kept_by_files(found: Contrast, files: Sequence[Contrast]) -> Contrast:
    """Return the differences that .keras files show too; without such a file all of them.

    Weights that Keras tracks, classes, what is shared and calls stay in any case: what a route does
    carry, or what rules judge by themselves.
    """
    if not files:
        return found
    known = {path for file in files for path in _list_paths(file)}
    return replace(
        found,
        flags=tuple(d for d in found.flags if d.path in known),
        attributes=tuple(c for c in found.attributes if c.path in known),
        layers=tuple(d for d in found.layers if d.path in known),
        weights=tuple(c for c in found.weights if is_tracked(c) or c.path in known),
    )


def list_kept_by_files(found: Contrast, files: Sequence[Contrast]) -> tuple[str, ...]:
    """Return the paths of what .keras files bring back and this trip does not."""
    counted = drop_kept_by_files(found, files)
    rest = replace(
        found,
        flags=tuple(d for d in found.flags if d not in counted.flags),
        attributes=tuple(c for c in found.attributes if c not in counted.attributes),
        layers=tuple(d for d in found.layers if d not in counted.layers),
        weights=tuple(c for c in found.weights if not any(c is other for other in counted.weights)),
    )
    return tuple(dict.fromkeys(_list_paths(rest)))


def _list_paths(found: Contrast) -> Iterator[str]:
    yield from (change.path for change in found.attributes)
    yield from (difference.path for part in (found.flags, found.layers) for difference in part)
    yield from (change.path for change in found.weights)


def is_tracked(change: WeightChange) -> bool:
    """Tell whether a changed variable is one that Keras tracks and saves."""
    weight = change.before or change.after
    return weight is not None and weight.kind == "weight"
