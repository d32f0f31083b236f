"""Edits for layers that are others in another process."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.changes.behaviour.keywords import AddKeyword
from maskcheck.fixes.changes.behaviour.sort_set import SortSet
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.files.fresh_process_differs import FreshProcessDiffers
from maskcheck.source.method_at import find_method_at

_POLICY = "dtype=self.dtype_policy"


def propose_same_everywhere(wanted: Wanted) -> Iterator[Edit]:
    """Go through sets in order, and hand the policy of the layer to its parts."""
    hint, attribute = wanted.finding.hint, wanted.finding.subjects[0].partition(".")[0]
    if "sorted" in hint:
        method = find_method_at(wanted.file, wanted.finding.line or 0).rpartition(".")[2]
        yield wanted.edit(
            "Go through the set in order", SortSet(wanted.owner, method or "__init__"), safe=False
        )
    elif _POLICY in hint and attribute.isidentifier():
        keyword, _, value = _POLICY.partition("=")
        hand = AddKeyword(wanted.owner, attribute, keyword, value)
        yield wanted.edit(f"Hand the dtype policy of the layer to {attribute}", hand, safe=False)


BUILDERS: Builders = {FreshProcessDiffers.code: propose_same_everywhere}
