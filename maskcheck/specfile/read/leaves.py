"""Leaves: one tensor as ``{shape, dtype}`` or ``{values, dtype}``, with its bounds and its mask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maskcheck.model.case import Leaf
from maskcheck.specfile.read.dtypes import INTEGERS, integer_bounds, read_dtype
from maskcheck.specfile.read.literals import read_literal
from maskcheck.specfile.read.shapes import read_mask, read_shape
from maskcheck.yamlfile.fields import read_fields, read_integer
from maskcheck.yamlfile.nodes import DictNode, Node, Pair, error_at

ARRAY_KEYS = ("shape", "values", "dtype", "low", "high")
LEAF_KEYS = (*ARRAY_KEYS, "mask")
LEAF_HINT = "write {shape: [2, 5], dtype: float32} or {values: [[1, 2]]}"


def is_leaf(node: Node) -> bool:
    """Return whether ``node`` describes one tensor: a mapping with ``shape`` or ``values``.

    Neither can be a mapping, so inputs may bear these names: ``{values: {shape: [2, 5]}}``.
    """
    return (
        isinstance(node, DictNode)
        and not node.tag
        and any(
            key.value in ("shape", "values") and not isinstance(value, DictNode) for key, value in node.pairs
        )
    )


def read_leaf(
    node: Node, what: str = "a leaf", known: Sequence[str] = LEAF_KEYS
) -> tuple[Leaf, tuple[int, ...]]:
    """Return the leaf that ``node`` describes, and the shape of its tensor.

    Raises:
        SpecError: something in it is missing, unknown, of a wrong type or at odds with the rest.
    """
    fields = read_fields(node, what, known, LEAF_HINT)
    if "shape" in fields and "values" in fields:
        raise error_at(fields["values"].key, f"{what} has both 'shape' and 'values'", "keep one of them")
    if "shape" not in fields and "values" not in fields:
        raise error_at(node, f"{what} has neither 'shape' nor 'values'", LEAF_HINT)
    dtype = read_dtype(fields["dtype"].value) if "dtype" in fields else None
    values, given = None, None
    if "values" in fields:
        values, shape = read_literal(fields["values"].value, dtype)
    else:
        given = shape = read_shape(fields["shape"].value)
    low, high = _read_bounds(fields, dtype)
    mask = read_mask(fields["mask"].value, shape) if "mask" in fields else None
    leaf = Leaf(shape=given, values=values, dtype=dtype, low=low, high=high, mask=mask, mark=node.mark)
    return leaf, shape


def _read_bounds(fields: Mapping[str, Pair], dtype: str | None) -> tuple[int | None, int | None]:
    given = {name: fields[name] for name in ("low", "high") if name in fields}
    for name, pair in given.items():
        if "values" in fields:
            raise error_at(
                pair.key, f"{name!r} bounds random data, but 'values' are given", f"remove {name!r}"
            )
        if dtype not in INTEGERS:
            message = f"{name!r} is for integers, not for {dtype or 'the default dtype, a float'}"
            raise error_at(pair.key, message, "write dtype: int32")
    if dtype is None or not given:
        return None, None
    least, greatest = integer_bounds(dtype)
    limits = {"low": (least, greatest), "high": (least + 1, greatest + 1)}
    numbers = {name: read_integer(pair.value, repr(name)) for name, pair in given.items()}
    for name, number in numbers.items():
        first, last = limits[name]
        if not first <= number <= last:
            message = f"{name!r} of {dtype} must be from {first} to {last}, not {number}"
            raise error_at(given[name].value, message, "the data run from 'low' to 'high' - 1")
    low, high = numbers.get("low"), numbers.get("high")
    if low is not None and high is not None and low >= high:
        message = f"'low' ({low}) must be less than 'high' ({high})"
        raise error_at(given["high"].value, message, "the data run from 'low' to 'high' - 1")
    return low, high
