"""Nodes to plain parts, each with the error that says what was expected there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from maskcheck.errors import SpecError, did_you_mean
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

_DOTTED = re.compile(r"[^\W\d]\w*(\.([^\W\d]\w*|<locals>))*")


def type_error_at(node: Node, what: str, wanted: str, hint: str = "") -> SpecError:
    """Return the error that ``what`` must be ``wanted`` and is something else."""
    return error_at(node, f"{what} must be {wanted}, not {describe_node(node)}", hint)


def read_pairs(node: Node, what: str, hint: str = "") -> dict[str, Pair]:
    """Return the pairs of the mapping ``node`` by their keys, which must be text."""
    if not isinstance(node, DictNode) or node.tag:
        raise type_error_at(node, what, "a mapping", hint)
    for pair in node.pairs:
        if not isinstance(pair.key.value, str):
            raise type_error_at(pair.key, f"a key of {what}", "text", "put it in quotes")
    return {str(pair.key.value): pair for pair in node.pairs}


def read_fields(
    node: Node,
    what: str,
    known: Sequence[str],
    hint: str = "",
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Pair]:
    """Return the pairs of the mapping ``node``, whose keys must be among ``known``.

    ``elsewhere`` says of keys that are valid in another place where they belong.
    """
    pairs = read_pairs(node, what, hint)
    for name, pair in pairs.items():
        if name not in known:
            near = elsewhere.get(name) or did_you_mean(name, list(known)) or f"known: {', '.join(known)}"
            raise error_at(pair.key, f"unknown key {name!r} in {what}", near)
    return pairs


def read_named(node: Node, what: str, hint: str = "") -> dict[str, Node]:
    """Return the values of a mapping whose keys are names of Python arguments."""
    pairs = read_pairs(node, what, hint)
    for name, pair in pairs.items():
        if not name.isidentifier():
            near = re.sub(r"\W", "_", name)
            write = f"write {near}" if near.isidentifier() else "write the argument's name"
            raise error_at(pair.key, f"{name!r} in {what} is not the name of an argument", write)
    return {name: pair.value for name, pair in pairs.items()}


def read_items(node: Node, what: str, hint: str = "") -> tuple[Node, ...]:
    """Return the items of the list ``node``."""
    if not isinstance(node, ListNode) or node.tag:
        raise type_error_at(node, what, "a list", hint)
    return node.items


def read_nonempty_items(node: Node, what: str, hint: str = "") -> tuple[Node, ...]:
    """Return the items of the list ``node``, of which there must be one at least."""
    items = read_items(node, what, hint)
    if not items:
        raise error_at(node, f"{what} is empty", hint or "leave it out")
    return items


def read_text(node: Node, what: str, hint: str = "") -> str:
    """Return the text that ``node`` holds, which must not be blank."""
    if not isinstance(node, ScalarNode) or node.tag or not isinstance(node.value, str):
        raise type_error_at(node, what, "text", hint)
    if not node.value.strip():
        raise error_at(node, f"{what} is blank", hint)
    return node.value


def read_scalar(node: ScalarNode) -> Scalar:
    """Return the value of ``node``, unless it is Python's ``None``, which YAML takes for text."""
    if node.plain and node.value == "None":
        raise error_at(node, "None is plain text in YAML", "write null, or 'None' in quotes for the text")
    return node.value


def read_integer(node: Node, what: str, hint: str = "") -> int:
    """Return the integer that ``node`` holds; true and 1.0 are none."""
    if not isinstance(node, ScalarNode) or node.tag or type(node.value) is not int:
        raise type_error_at(node, what, "an integer", hint)
    return node.value


def read_true(node: Node, what: str) -> bool:
    """Return true, which is all that ``node`` may hold."""
    if not isinstance(node, ScalarNode) or node.tag or node.value is not True:
        raise type_error_at(node, what, "true", "leave it out")
    return True


def is_dotted(name: str) -> bool:
    """Return whether ``name`` is the name of an object, with its modules or without."""
    return _DOTTED.fullmatch(name) is not None
