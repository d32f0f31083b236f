"""The positional arguments of ``call``: trees of leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from maskcheck.errors import did_you_mean
from maskcheck.specfile.read.leaves import LEAF_HINT, LEAF_KEYS, is_leaf, read_leaf
from maskcheck.yamlfile.fields import read_pairs
from maskcheck.yamlfile.nodes import DictNode, ListNode, Node, Pair, ScalarNode, describe_node, error_at


def read_call_argument(node: Node) -> Any:
    """Return nested lists, tuples and mappings of the leaves in ``node``.

    Raises:
        SpecError: something in it is no leaf, a leaf is faulty or has no batch dimension.
    """
    if is_leaf(node):
        leaf, shape = read_leaf(node)
        if not shape:
            raise error_at(node, "an input needs a batch dimension", "write shape: [2] at least")
        return leaf
    if isinstance(node, ListNode) and node.tag in ("", "!tuple") and node.items:
        trees = [read_call_argument(item) for item in node.items]
        return tuple(trees) if node.tag else trees
    if isinstance(node, DictNode) and not node.tag and node.pairs:
        pairs = read_pairs(node, "an input")
        return {name: read_call_argument(_check_part(pair, list(pairs))) for name, pair in pairs.items()}
    empty = isinstance(node, (ListNode, DictNode)) and node.size == 1
    given = describe_node(replace(node, tag="") if node.tag == "!tuple" else node)
    raise error_at(
        node, f"an input is an array, not {'an empty ' + given[2:] if empty else given}", LEAF_HINT
    )


def _check_part(pair: Pair, siblings: list[str]) -> Node:
    """Return the value of ``pair``; a misspelt leaf is a mapping too, so say what its key should be."""
    if not _holds_scalar(pair.value):
        return pair.value
    name = str(pair.key.value)
    if set(siblings) <= set(LEAF_KEYS):
        raise error_at(pair.key, "a leaf has neither 'shape' nor 'values'", LEAF_HINT)
    hint = did_you_mean(name, list(LEAF_KEYS)) if name not in LEAF_KEYS else ""
    raise error_at(
        pair.key, f"{name!r} is neither a part of a leaf nor an input of its own", hint or LEAF_HINT
    )


def _holds_scalar(node: Node) -> bool:
    items = node.items if isinstance(node, ListNode) else (node,)
    return any(isinstance(item, ScalarNode) for item in items)
