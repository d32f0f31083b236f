"""The literal ``values`` of an array: nested lists of equal length, values of one family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maskcheck.specfile.read.dtypes import describe_mismatch, value_family
from maskcheck.yamlfile.fields import read_scalar, type_error_at
from maskcheck.yamlfile.nodes import ListNode, Node, Scalar, ScalarNode, describe_node, error_at

_WHAT = "an entry of 'values'"


def read_literal(node: Node, dtype: str | None) -> tuple[Any, tuple[int, ...]]:
    """Return the values of ``node`` as new nested lists, and their shape.

    Raises:
        SpecError: rows of different length, an empty list, values that do not mix, or
            a value that ``dtype`` cannot hold.
    """
    values, shape = _read_values(node, dtype, _first_scalar(node))
    if dtype is None:
        _check_default_integers(_scalar_nodes(node))
    return values, shape


def _read_values(node: Node, dtype: str | None, first: Node) -> tuple[Any, tuple[int, ...]]:
    if isinstance(node, ScalarNode) and not node.tag:
        return _read_entry(node, dtype, first), ()
    if not isinstance(node, ListNode) or node.tag:
        raise type_error_at(node, _WHAT, "a list, a number, true, false or text")
    if not node.items:
        raise error_at(node, "'values' holds an empty list", "give at least one value")
    rows, shapes = zip(*(_read_values(item, dtype, first) for item in node.items), strict=True)
    for item, shape in zip(node.items, shapes, strict=True):
        if shape != shapes[0]:
            difference = f"a row of shape {list(shape)} after one of shape {list(shapes[0])}"
            raise error_at(item, f"'values' is not an array: {difference}", "make all rows equally long")
    return list(rows), (len(rows), *shapes[0])


def _read_entry(node: ScalarNode, dtype: str | None, first: Node) -> Scalar:
    value = read_scalar(node)
    if value is None:
        raise error_at(node, f"{_WHAT} is null", "write a number, true, false or text")
    if dtype is None and isinstance(first, ScalarNode) and value_family(value) != value_family(first.value):
        message = f"'values' mixes {describe_node(first)} and {describe_node(node)}"
        raise error_at(node, message, "write values of one kind")
    better = describe_mismatch(value, dtype) if dtype else ""
    if better:
        raise type_error_at(node, f"{_WHAT} of dtype {dtype}", better)
    return value


def _check_default_integers(entries: Sequence[ScalarNode]) -> None:
    """Integers that come without a dtype, and without a float among them, become int32."""
    if any(type(entry.value) is not int for entry in entries):
        return
    for entry in entries:
        better = describe_mismatch(entry.value, "int32")
        if better:
            raise type_error_at(entry, f"{_WHAT} without a dtype", better, "give a dtype that holds it")


def _scalar_nodes(node: Node) -> list[ScalarNode]:
    if isinstance(node, ListNode):
        return [entry for item in node.items for entry in _scalar_nodes(item)]
    return [node] if isinstance(node, ScalarNode) else []


def _first_scalar(node: Node) -> Node:
    while isinstance(node, ListNode) and node.items:
        node = node.items[0]
    return node
