"""What classes of Keras lose by themselves, as against what the layer loses: the one place that decides.

Evidence names what Keras loses by the path of an attribute, flag or weight, or by the name of an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from maskcheck.compare.snapshots import Contrast
from maskcheck.model.evidence import Evidence


class Owners(NamedTuple):
    """Differences by whose they are: those of the layer, and those of Keras' own classes."""

    own: Contrast
    by_keras: Contrast


def is_lost_by_keras(evidence: Evidence, names: Iterable[str]) -> bool:
    """Tell whether classes of Keras lose all of ``names`` by themselves."""
    return all(name in evidence.lost_by_keras for name in names)


def split_by_owner(evidence: Evidence, found: Contrast) -> Owners:
    """Return differences in two, by whose they are.

    Only flags, attributes, layers and weights can be Keras' own. What calls give, classes, shared
    objects and the compiled state are always the layer's.
    """
    own = _select(found, lambda path: not is_lost_by_keras(evidence, [path]))
    by_keras = _select(found, lambda path: is_lost_by_keras(evidence, [path]))
    rest = replace(found, flags=own.flags, attributes=own.attributes, layers=own.layers, weights=own.weights)
    return Owners(rest, by_keras)


def _select(found: Contrast, is_wanted: Callable[[str], bool]) -> Contrast:
    return Contrast(
        flags=tuple(difference for difference in found.flags if is_wanted(difference.path)),
        attributes=tuple(change for change in found.attributes if is_wanted(change.path)),
        layers=tuple(difference for difference in found.layers if is_wanted(difference.path)),
        weights=tuple(change for change in found.weights if is_wanted(change.path)),
    )
