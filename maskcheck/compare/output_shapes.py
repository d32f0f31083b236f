"""The shapes that a layer states for its outputs against those of a call."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.model.value import ArrayValue, DictValue, ListValue, ObjectValue, Value, list_leaves

Shape = tuple[Value, ...]


def list_stated_shapes(stated: Value) -> list[Shape]:
    """Return the shapes of a tree of objects "shape" in order; a size of None may be any."""
    states = [leaf.state for _, leaf in list_leaves(stated) if isinstance(leaf, ObjectValue)]
    return [state.items for state in states if isinstance(state, ListValue)]


def list_real_shapes(outputs: Value) -> list[tuple[int, ...]] | None:
    """Return the shapes of the outputs in order, None if not all of them are dense tensors."""
    leaves = list_leaves(outputs)
    found = [leaf.array.shape for _, leaf in leaves if isinstance(leaf, ArrayValue)]
    return None if len(found) != len(leaves) or _is_composite(outputs) else found


def are_fitting(stated: Sequence[Shape], real: Sequence[tuple[int, ...]]) -> bool:
    """Tell whether the outputs have the shapes that are stated for them."""
    return len(stated) == len(real) and all(
        len(shape) == len(sizes)
        and all(size is None or size == other for size, other in zip(shape, sizes, strict=True))
        for shape, sizes in zip(stated, real, strict=True)
    )


def _is_composite(value: Value) -> bool:
    """Tell whether there is a ragged or sparse tensor, which is kept in its parts."""
    if isinstance(value, DictValue):
        return any(_is_composite(item) for _, item in value.items)
    if isinstance(value, ListValue):
        return value.kind in ("ragged", "sparse") or any(map(_is_composite, value.items))
    return False
