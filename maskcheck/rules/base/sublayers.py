"""What changed about the sub-layers of a layer."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.snapshots import Contrast
from maskcheck.compare.values import Difference
from maskcheck.rules.base.dtypes import POLICY
from maskcheck.rules.base.rule import Look

Changes = tuple[tuple[str, Difference], ...]
_OTHER_RULES = (".name", ".trainable", ".supports_masking", ".autocast")


def group_by_sublayer(look: Look, found: Contrast) -> list[Changes]:
    """Return for each sub-layer the paths of all that changed about it, by ``found`` on one trip."""
    changed: dict[str, list[tuple[str, Difference]]] = {}
    for layer, path, difference in (*_list_attributes(look, found), *_list_flags(look, found)):
        changed.setdefault(layer, []).append((path, difference))
    return [tuple(changes) for changes in changed.values()]


def is_policy_only(changes: Changes) -> bool:
    """Tell whether nothing of a sub-layer changed but the dtypes that it computes and keeps weights in."""
    return all(path.endswith(f".{POLICY}") for path, _ in changes)


def _list_attributes(look: Look, found: Contrast) -> Iterator[tuple[str, str, Difference]]:
    for change in found.lost_attributes:
        if (
            change.layer
            and change.public
            and change.path not in look.unstable | look.evidence.stability.counters
        ):
            yield change.layer, change.path, change.differences[0]


def _list_flags(look: Look, found: Contrast) -> Iterator[tuple[str, str, Difference]]:
    before = look.evidence.before
    for flag in found.flags:
        layer = flag.path.rpartition(".")[0]
        if layer and before and layer in before.layers and not flag.path.endswith(_OTHER_RULES):
            yield layer, flag.path, flag
