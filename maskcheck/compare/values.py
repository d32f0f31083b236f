"""Trees of values compared leaf by leaf."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

import numpy as np

from maskcheck.compare.arrays import EXACT, Tolerance, compare_arrays
from maskcheck.model.finding import ArrayDelta
from maskcheck.model.show import show
from maskcheck.model.value import (
    ABSENT,
    ArrayValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    Scalar,
    Value,
)

# "type": the same content in another type, as JSON makes of tuples and integer keys.
Kind = Literal["value", "type", "missing", "added", "order"]
SCALARS = (bool, int, float, complex, str, bytes, type(None))
MARKERS = frozenset(
    f"__{name}__" for name in ("numpy", "tensor", "keras_tensor", "bytes", "lambda", "slice", "ellipsis")
)


@dataclass(frozen=True)
class Difference:
    """One place where two trees differ; ``delta`` holds the figures for arrays."""

    path: str
    kind: Kind
    before: Value
    after: Value
    delta: ArrayDelta | None = None


def compare(
    before: Value, after: Value, path: str = "", tolerance: Tolerance = EXACT
) -> tuple[Difference, ...]:
    """Return every difference between two trees, with the path to each (``rates[2].low``)."""
    return tuple(_compare_trees(before, after, path, tolerance))


def _compare_trees(before: Value, after: Value, path: str, tolerance: Tolerance) -> Iterator[Difference]:
    if before is ABSENT or after is ABSENT:
        if before is not after:
            yield Difference(path, "missing" if after is ABSENT else "added", before, after)
    elif isinstance(before, ListValue) and isinstance(after, ListValue):
        yield from _compare_lists(before, after, path, tolerance)
    elif isinstance(before, DictValue) and isinstance(after, DictValue):
        yield from _compare_dicts(before, after, path, tolerance)
    elif isinstance(before, ArrayValue) and isinstance(after, ArrayValue):
        delta = compare_arrays(path, before, after, tolerance)
        if delta:
            yield Difference(path, "value", before, after, delta)
        elif before.kind != after.kind:
            yield Difference(path, "type", before, after)
    elif isinstance(before, ObjectValue) and isinstance(after, ObjectValue):
        if before.class_name != after.class_name:
            yield Difference(path, "value", before, after)
        else:
            yield from _compare_trees(before.state, after.state, path, tolerance)
    elif isinstance(before, SCALARS) and isinstance(after, SCALARS):
        yield from _compare_scalars(before, after, path, tolerance)
    elif before != after and not _is_same_lambda(before, after):
        yield Difference(path, "type" if _has_same_content(before, after) else "value", before, after)


def _is_same_lambda(before: Value, after: Value) -> bool:
    """Tell whether a lambda came back from its own code: under another name, with the same body."""
    if not (isinstance(before, FunctionValue) and isinstance(after, FunctionValue)):
        return False
    return before.name.endswith("<lambda>") and before.digest == after.digest


def _compare_scalars(before: Scalar, after: Scalar, path: str, tolerance: Tolerance) -> Iterator[Difference]:
    if before == after or (_is_nan(before) and _is_nan(after)):
        if type(before) is not type(after):
            yield Difference(path, "type", before, after)
    elif not _is_close(before, after, tolerance):
        yield Difference(path, "value", before, after)


def _is_nan(value: object) -> bool:
    return isinstance(value, (float, complex)) and cmath.isnan(value)


def _is_close(before: Scalar, after: Scalar, tolerance: Tolerance) -> bool:
    if not (isinstance(before, float) and isinstance(after, float)):
        return False
    return tolerance != EXACT and bool(np.isclose(after, before, rtol=tolerance[0], atol=tolerance[1]))


def _compare_lists(
    before: ListValue, after: ListValue, path: str, tolerance: Tolerance
) -> Iterator[Difference]:
    if before.kind != after.kind:
        yield Difference(path, "type", before, after)
    for index, (old, new) in enumerate(zip_longest(before.items, after.items, fillvalue=ABSENT)):
        yield from _compare_trees(old, new, f"{path}[{index}]", tolerance)


def _compare_dicts(
    before: DictValue, after: DictValue, path: str, tolerance: Tolerance
) -> Iterator[Difference]:
    if before.kind != after.kind:
        yield Difference(path, "type", before, after)
    old, new = _index_by_key(before), _index_by_key(after)
    added = {key: item for key, item in new.items() if key not in old}
    for key, (name, value) in old.items():
        where = _child_path(path, name)
        if key in new:
            yield from _compare_trees(value, new[key][1], where, tolerance)
            continue
        renamed = next((k for k in added if _key_text(added[k][0]) == _key_text(name)), None)
        if renamed is None:
            yield Difference(where, "missing", value, ABSENT)
        else:
            other, item = added.pop(renamed)
            yield Difference(where, "type", name, other)
            yield from _compare_trees(value, item, where, tolerance)
    for name, value in added.values():
        yield Difference(_child_path(path, name), "added", ABSENT, value)
    if [k for k in old if k in new] != [k for k in new if k in old]:
        yield Difference(path, "order", before, after)


def _index_by_key(value: DictValue) -> dict[tuple[str, Value], tuple[Value, Value]]:
    """Return the items by type and value of the key, so that 1, True and "1" stay apart."""
    return {(type(key).__name__, _to_hashable(key)): (key, item) for key, item in value.items}


def _to_hashable(key: Value) -> Value:
    return key if isinstance(key, SCALARS) else repr(key)


def _key_text(key: Value) -> str:
    """Return the text that JSON makes of a key."""
    if key is None:
        return "null"
    return str(key).lower() if isinstance(key, bool) else str(key)


def _child_path(path: str, key: Value) -> str:
    if isinstance(key, str) and key.isidentifier():
        return f"{path}.{key}" if path else key
    return f"{path}[{key!r}]" if isinstance(key, SCALARS) else f"{path}[{show(key)}]"


def is_marker(value: Value) -> bool:
    """Tell whether ``value`` is a serialized object that was not deserialized."""
    if not isinstance(value, DictValue):
        return False
    keys = {key: item for key, item in value.items if isinstance(key, str)}
    name = keys.get("class_name")
    return "config" in keys and (name in MARKERS or ("module" in keys and isinstance(name, str)))


def _has_same_content(before: Value, after: Value) -> bool:
    """Tell whether the two have the same content once JSON has made lists of arrays and text of objects."""
    if is_marker(after):
        return not (before is None or isinstance(before, (bool, int, float)))
    if isinstance(before, ObjectValue) and isinstance(after, (str, int, float)):
        return before.state == after
    old, new = plain(before), plain(after)
    return old is not ABSENT and new is not ABSENT and old == new


def plain(value: Value) -> object:
    """Return ``value`` as JSON would hold it (lists, text keys), ABSENT where it cannot."""
    if isinstance(value, ListValue):
        items = [plain(item) for item in value.items]
        return ABSENT if any(item is ABSENT for item in items) else items
    if isinstance(value, DictValue):
        pairs = {_key_text(key): plain(item) for key, item in value.items}
        return ABSENT if any(item is ABSENT for item in pairs.values()) else pairs
    if isinstance(value, ArrayValue):
        return _unify_nan(value.array.tolist())
    return _unify_nan(value) if isinstance(value, SCALARS) else ABSENT


def _unify_nan(value: object) -> object:
    """Return ``value`` with one and the same object for every NaN, so that lists of them are equal."""
    if isinstance(value, list):
        return [_unify_nan(item) for item in value]
    return math.nan if _is_nan(value) else value


def equivalent(before: Value, after: Value) -> bool:
    """Tell whether the two are the same but for what JSON does to types."""
    return all(difference.kind in ("type", "order") for difference in compare(before, after))
