"""The keys of a mapping: single values, each once, with merge keys resolved."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.yamlfile.nodes import (
    DictNode,
    ListNode,
    Node,
    Pair,
    Scalar,
    ScalarNode,
    describe_node,
    error_at,
)

_MERGE = "<<"


def make_pairs(children: Sequence[Node]) -> tuple[Pair, ...]:
    """Return the pairs of a mapping from its keys and values in turn.

    Merged keys come first, the mapping's own keys override them; of several
    merged mappings the first that has a key gives it.

    Raises:
        SpecError: a key is given twice or is no single value, or ``<<`` merges no mapping.
    """
    own: dict[Scalar, Pair] = {}
    merges: list[Pair] = []
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, ScalarNode) or key.tag:
            raise error_at(
                key, f"a key must be a single value, not {describe_node(key)}", "put text in quotes"
            )
        is_merge = key.plain and key.value == _MERGE
        first = next(iter(merges), None) if is_merge else own.get(key.value)
        if first:
            hint = "write <<: [*one, *other]" if is_merge else f"it is already on line {first.key.mark.line}"
            raise error_at(key, f"duplicate key {key.value!r}", hint)
        if is_merge:
            merges.append(Pair(key, value))
        else:
            own[key.value] = Pair(key, value)
    inherited: dict[Scalar, Pair] = {}
    for merge in merges:
        for source in _merged_mappings(merge.value):
            for pair in source.pairs:
                inherited.setdefault(pair.key.value, pair)
    return (*(pair for key, pair in inherited.items() if key not in own), *own.values())


def _merged_mappings(node: Node) -> Sequence[DictNode]:
    sources = node.items if isinstance(node, ListNode) and not node.tag else (node,)
    for source in sources:
        if not isinstance(source, DictNode) or source.tag:
            raise error_at(source, f"<< merges mappings, not {describe_node(source)}", "write <<: *name")
    return [source for source in sources if isinstance(source, DictNode)]
