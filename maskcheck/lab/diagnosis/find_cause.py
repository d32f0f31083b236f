"""Why a restored layer behaves differently: differences are put back on it until it agrees.

Only the restored layer is touched, never the original. Differences in structure
(other weights, other sub-layers, other classes) cannot be put back.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from maskcheck.compare.snapshots import AttributeChange, Contrast, call_change
from maskcheck.lab.calls.call import Modes
from maskcheck.lab.keras_api import attribute_of, keras, set_trainable
from maskcheck.lab.layer.guarded import REFUSALS, is_a, read_attribute, read_state, try_read
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain_state import set_attribute
from maskcheck.lab.layer.variables import assign, finalize, read_all
from maskcheck.model.snapshot import CallResult
from maskcheck.model.value import ABSENT, DictValue, ListValue, ReferenceValue, Value

_MOST = 8

# Puts one difference back and undoes it at the end of the block.
PutBack = Callable[[], Any]
CallModes = Callable[[keras.Layer, Modes], Mapping[str, CallResult]]
ListOverwritten = Callable[[keras.Layer, Modes], tuple[str, ...]]


@dataclass(frozen=True)
class Cause:
    """Why a copy behaves otherwise; empty where the two cannot be compared."""

    # The smallest set of paths that, put back, make the results equal.
    paths: tuple[str, ...] = ()
    # Whether even all of them together do not.
    unseen: bool = False
    # The paths of variables that calls overwrite as long as they are not put back.
    overwritten: tuple[str, ...] = ()


def find_cause(
    original: keras.Layer,
    restored: keras.Layer,
    found: Contrast,
    reference: Mapping[str, CallResult],
    inputs: Modes,
    call: CallModes,
    list_overwritten: ListOverwritten,
) -> Cause:
    """Return what makes the restored layer agree again in the modes in which it differs.

    Args:
        found: the differences between the two.
        reference: what the original gave, by mode.
        inputs: the calls to make, by mode.
        call: makes them of a layer.
        list_overwritten: returns the paths of variables that they change.
    """
    if (
        found.classes
        or found.layers
        or any(_is_structural(change.before, change.after) for change in found.weights)
    ):
        return Cause()
    broken = {c.mode: inputs[c.mode] for c in found.calls if c.differs}
    steps = _list_steps(original, restored, found)

    def agrees(names: tuple[str, ...]) -> bool:
        with _put_back_all(steps[name] for name in names):
            finalize(restored)
            now = call(restored, broken)
        return not any(call_change(mode, reference[mode], now[mode]).differs for mode in broken)

    cause = _find_smallest(tuple(steps), agrees)
    if not cause.paths:
        return cause
    as_it_came = list_overwritten(restored, broken)
    with _put_back_all(steps[name] for name in cause.paths):
        mended = list_overwritten(restored, broken)
    return replace(cause, overwritten=tuple(path for path in as_it_came if path not in mended))


@contextmanager
def _put_back_all(steps: Iterable[PutBack]) -> Iterator[None]:
    with ExitStack() as stack:
        for step in steps:
            stack.enter_context(step())
        yield


def _find_smallest(names: tuple[str, ...], agrees: Callable[[tuple[str, ...]], bool]) -> Cause:
    """Try each name alone, then all together less what is not needed."""
    for name in names[:_MOST]:
        if agrees((name,)):
            return Cause((name,))
    if len(names) < 2 or not agrees(names):
        return Cause(unseen=True)
    needed = names
    for name in names[:_MOST]:
        fewer = tuple(other for other in needed if other != name)
        if agrees(fewer):
            needed = fewer
    return Cause(needed)


def _list_steps(original: keras.Layer, restored: keras.Layer, found: Contrast) -> dict[str, PutBack]:
    """Return how to put back each difference, attributes before flags before weights.

    Seed generators are left alone: every call puts them where their paths say.
    """
    ours, theirs = walk(original).layers, walk(restored).layers
    steps: dict[str, PutBack] = {}
    for change in sorted(found.attributes, key=lambda change: (bool(change.layer), not change.public)):
        if change.layer not in ours or change.layer not in theirs or _holds_layers(change):
            continue
        sides = ours[change.layer], theirs[change.layer]
        if not all(is_a(read_state(side).get(change.name), keras.random.SeedGenerator) for side in sides):
            steps[change.path] = _put_back_attribute(*sides, change.name)
    for difference in found.flags:
        layer, _, name = difference.path.rpartition(".")
        if name != "name" and layer in ours and layer in theirs:
            steps[difference.path] = _put_back_flag(ours[layer], theirs[layer], name)
    values, variables = read_all(walk(original).variables), walk(restored).variables
    for weight in found.weights:
        known = weight.path in values and weight.path in variables
        if not known or weight.before is None or weight.before.kind == "seed":
            continue
        variable = variables[weight.path].variable
        if weight.difference:
            steps[weight.path] = _put_back_weight(variable, values[weight.path])
        if weight.after and weight.before.trainable != weight.after.trainable:
            steps[f"{weight.path}.trainable"] = _put_back_trainable(variable, weight.before.trainable)
    return steps


def _put_back_attribute(original: keras.Layer, restored: keras.Layer, name: str) -> PutBack:
    @contextmanager
    def put_back() -> Iterator[None]:
        ours, theirs = vars(original), vars(restored)
        before = theirs.get(name, ABSENT)
        set_attribute(theirs, name, _copy(ours[name]) if name in ours else ABSENT)
        try:
            yield
        finally:
            set_attribute(theirs, name, before)

    return put_back


def _copy(value: Any) -> Any:
    """Return a copy of a value, the value where it refuses to be copied."""
    return try_read(lambda: copy.copy(value), value)


def _put_back_flag(original: keras.Layer, restored: keras.Layer, name: str) -> PutBack:
    # Keras 2, or a property of the user's, may refuse: then it stays as it is.
    @contextmanager
    def put_back() -> Iterator[None]:
        attribute = attribute_of(name)
        before = read_attribute(restored, attribute)
        with suppress(*REFUSALS):
            setattr(restored, attribute, getattr(original, attribute))
        try:
            yield
        finally:
            with suppress(*REFUSALS):
                setattr(restored, attribute, before)

    return put_back


def _put_back_weight(variable: Any, value: Any) -> PutBack:
    @contextmanager
    def put_back() -> Iterator[None]:
        before = variable.numpy()
        assign(variable, value)
        try:
            yield
        finally:
            assign(variable, before)

    return put_back


def _put_back_trainable(variable: Any, value: bool) -> PutBack:
    @contextmanager
    def put_back() -> Iterator[None]:
        before = variable.trainable
        set_trainable(variable, value)
        try:
            yield
        finally:
            set_trainable(variable, before)

    return put_back


def _is_structural(before: Any, after: Any) -> bool:
    if before is None or after is None:
        return True
    return bool(before.array.shape != after.array.shape or before.dtype != after.dtype)


def _holds_layers(change: AttributeChange) -> bool:
    return any(_is_reference(d.before) or _is_reference(d.after) for d in change.differences)


def _is_reference(value: Value) -> bool:
    if isinstance(value, ListValue):
        return any(_is_reference(item) for item in value.items)
    if isinstance(value, DictValue):
        return any(_is_reference(item) for _, item in value.items)
    return isinstance(value, ReferenceValue)
