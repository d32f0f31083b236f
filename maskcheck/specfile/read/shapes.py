"""Shapes, batch dimension included, and the masks whose shape must fit them."""

from __future__ import annotations

from math import prod

from maskcheck.errors import SpecError
from maskcheck.model.case import Leaf
from maskcheck.specfile.read.dtypes import read_dtype
from maskcheck.specfile.read.literals import read_literal
from maskcheck.yamlfile.fields import read_fields, read_integer, read_items
from maskcheck.yamlfile.nodes import ListNode, Node, ScalarNode, error_at

# The largest number of elements that an int64 can count.
_MOST = 2**63 - 1
_SHAPE_HINT = "write shape: [2, 5], the batch dimension first"
_MASK_HINT = "write mask: [2, 5] or mask: {values: [[true, false]]}"


def read_shape(node: Node, what: str = "'shape'") -> tuple[int, ...]:
    """Return the shape that ``node`` lists: integers, each 1 or more."""
    shape = tuple(_read_dimension(item, what) for item in read_items(node, what, _SHAPE_HINT))
    if prod(shape) > _MOST:
        raise error_at(node, f"a tensor of shape {list(shape)} is larger than any can be", _SHAPE_HINT)
    return shape


def read_mask(node: Node, tensor_shape: tuple[int, ...]) -> Leaf:
    """Return the Keras mask that a tensor of ``tensor_shape`` carries: a shape, or ``{values: ..}``.

    Raises:
        SpecError: it is neither, is not boolean, or does not fit the first dimensions of the tensor.
    """
    mask, shape = _read_mask(node)
    if not shape or shape != tensor_shape[: len(shape)]:
        message = f"a mask of shape {list(shape)} does not fit a tensor of shape {list(tensor_shape)}"
        raise error_at(node, message, f"it must have its first dimensions, such as {list(tensor_shape[:2])}")
    return mask


def _read_mask(node: Node) -> tuple[Leaf, tuple[int, ...]]:
    if isinstance(node, ListNode):
        if any(isinstance(item, ListNode) or _is_boolean(item) for item in node.items):
            raise error_at(node, "'mask' lists values where a shape is expected", _MASK_HINT)
        shape = read_shape(node, "'mask'")
        return Leaf(shape=shape, dtype="bool", mark=node.mark), shape
    fields = read_fields(node, "'mask'", ("shape", "values", "dtype"), _MASK_HINT)
    if "dtype" in fields and read_dtype(fields["dtype"].value) != "bool":
        raise error_at(fields["dtype"].value, "a mask has dtype bool", "leave the dtype out")
    if ("shape" in fields) == ("values" in fields):
        raise error_at(node, "'mask' needs either 'shape' or 'values'", _MASK_HINT)
    if "shape" in fields:
        shape = read_shape(fields["shape"].value)
        return Leaf(shape=shape, dtype="bool", mark=node.mark), shape
    values, shape = read_literal(fields["values"].value, "bool")
    return Leaf(values=values, dtype="bool", mark=node.mark), shape


def _is_boolean(node: Node) -> bool:
    return isinstance(node, ScalarNode) and isinstance(node.value, bool)


def _read_dimension(node: Node, what: str) -> int:
    if isinstance(node, ScalarNode) and node.value in (None, "None"):
        raise _dimension_error(node, what, "None")
    size = read_integer(node, f"a dimension of {what}", _SHAPE_HINT)
    if size < 1:
        raise _dimension_error(node, what, str(size))
    if size > _MOST:
        raise error_at(node, f"a dimension of {what} must be {_MOST} or less, not {size}", _SHAPE_HINT)
    return size


def _dimension_error(node: Node, what: str, given: str) -> SpecError:
    hint = "every dimension is known here, also the batch: write a number"
    return error_at(node, f"a dimension of {what} must be 1 or more, not {given}", hint)
