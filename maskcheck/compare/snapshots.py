"""Two snapshots of a layer compared part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maskcheck.compare.arrays import EXACT, Tolerance, widen_tolerance
from maskcheck.compare.steps import compare_steps
from maskcheck.compare.values import Difference, compare, is_marker
from maskcheck.model.error import ErrorInfo
from maskcheck.model.snapshot import CallResult, LayerState, Snapshot, Weight
from maskcheck.model.value import ABSENT, ArrayValue, ObjectValue, Value


@dataclass(frozen=True)
class AttributeChange:
    """One attribute of one layer; ``differences`` are all the places in it that differ."""

    layer: str
    name: str
    own: bool
    differences: tuple[Difference, ...]

    @property
    def path(self) -> str:
        """Return the path from the root layer."""
        return f"{self.layer}.{self.name}" if self.layer else self.name

    @property
    def public(self) -> bool:
        """Tell whether the attribute is part of the layer's public face."""
        return not self.name.startswith("_")

    @property
    def drift(self) -> bool:
        """Tell whether only types differ, as JSON changes them."""
        return all(difference.kind in ("type", "order") for difference in self.differences)


@dataclass(frozen=True)
class WeightChange:
    """One variable that differs, or is only on one side (the other is None)."""

    path: str
    before: Weight | None
    after: Weight | None
    difference: Difference | None = None


@dataclass(frozen=True)
class CallChange:
    """What one mode of calling gave differently."""

    mode: str
    outputs: tuple[Difference, ...] = ()
    masks: tuple[Difference, ...] = ()
    losses: tuple[Difference, ...] = ()
    error: ErrorInfo | None = None
    step: tuple[Difference, ...] = ()

    @property
    def differs(self) -> bool:
        """Tell whether the call gave anything else, or failed."""
        return bool(self.outputs or self.masks or self.losses or self.error or self.step)


@dataclass(frozen=True)
class Contrast:
    """Everything in which a snapshot differs from the one before."""

    classes: tuple[Difference, ...] = ()
    flags: tuple[Difference, ...] = ()
    attributes: tuple[AttributeChange, ...] = ()
    layers: tuple[Difference, ...] = ()
    weights: tuple[WeightChange, ...] = ()
    calls: tuple[CallChange, ...] = ()
    aliases: tuple[frozenset[str], ...] = field(default=())
    compiled: tuple[Difference, ...] = ()

    @property
    def lost_attributes(self) -> tuple[AttributeChange, ...]:
        """Return the attributes whose content is gone or differs; what only loading adds is left out."""
        return tuple(
            change
            for change in self.attributes
            if not change.drift and not all(d.kind == "added" for d in change.differences)
        )

    @property
    def behaviour(self) -> bool:
        """Tell whether a call gives anything else, or fails."""
        return any(call.differs for call in self.calls)

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs at all."""
        parts = (self.classes, self.flags, self.attributes, self.layers, self.weights, self.aliases)
        return not any(parts) and not self.behaviour and not self.compiled


def contrast(before: Snapshot, after: Snapshot, tolerance: Tolerance = EXACT) -> Contrast:
    """Return all differences between two snapshots of what should be the same layer."""
    calls = _compare_calls(before, after, tolerance)
    if after.opaque:
        return Contrast(calls=tuple(CallChange(c.mode, c.outputs, error=c.error) for c in calls))
    common = [path for path in before.layers if path in after.layers]
    classes = [
        Difference(path, "value", before.layers[path].class_name, after.layers[path].class_name)
        for path in common
        if before.layers[path].class_name != after.layers[path].class_name
    ]
    degraded = {difference.path for difference in classes}
    same = [path for path in common if path not in degraded]
    return Contrast(
        classes=tuple(classes),
        flags=tuple(d for path in common for d in _compare_flags(before.layers[path], after.layers[path])),
        attributes=tuple(
            c for path in same for c in _compare_attributes(before.layers[path], after.layers[path])
        ),
        layers=_compare_layers(before, after),
        weights=_compare_weights(before.weights, after.weights),
        calls=calls,
        aliases=tuple(sorted((g for g in before.aliases if not _is_kept(g, after)), key=sorted)),
        compiled=compare(before.compiled, after.compiled, "", tolerance),
    )


def _compare_calls(before: Snapshot, after: Snapshot, tolerance: Tolerance) -> tuple[CallChange, ...]:
    return tuple(
        call_change(mode, before.calls[mode], after.calls[mode], tolerance)
        for mode in before.calls
        if mode in after.calls and before.calls[mode].error is None
    )


def _compare_flags(before: LayerState, after: LayerState) -> list[Difference]:
    """Return the flags that differ; only the root's name is the user's to choose."""
    names = [name for name in before.flags if name != "name" or not before.path]
    return [
        difference
        for name in names
        for difference in compare(
            before.flags[name], after.flags.get(name, ABSENT), _join_path(before.path, name)
        )
        if difference.kind != "type"
    ]


def _compare_attributes(before: LayerState, after: LayerState) -> list[AttributeChange]:
    names = [*before.attributes, *(name for name in after.attributes if name not in before.attributes)]
    found = []
    for name in names:
        old, new = before.attributes.get(name, ABSENT), after.attributes.get(name, ABSENT)
        if _is_symbolic(new) or (_is_symbolic(old) and not is_marker(new)):
            continue
        differences = compare(old, new, name)
        if differences and not (old is ABSENT and new is None):
            found.append(AttributeChange(before.path, name, before.own, differences))
    return found


def _is_symbolic(value: Value) -> bool:
    return isinstance(value, ObjectValue) and value.class_name == "symbolic tensor"


def _compare_layers(before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    gone = [
        Difference(p, "missing", s.class_name, ABSENT)
        for p, s in before.layers.items()
        if p not in after.layers
    ]
    new = [
        Difference(p, "added", ABSENT, s.class_name)
        for p, s in after.layers.items()
        if p not in before.layers
    ]
    return (*gone, *new)


def _compare_weights(before: Mapping[str, Weight], after: Mapping[str, Weight]) -> tuple[WeightChange, ...]:
    changes = []
    for path in [*before, *(path for path in after if path not in before)]:
        old, new = before.get(path), after.get(path)
        if old is None or new is None:
            changes.append(WeightChange(path, old, new))
            continue
        found = compare(_to_array(old), _to_array(new), path)
        if found or old.trainable != new.trainable:
            changes.append(WeightChange(path, old, new, found[0] if found else None))
    return tuple(changes)


def _to_array(weight: Weight) -> ArrayValue:
    return ArrayValue("variable", weight.dtype, weight.array)


def call_change(mode: str, before: CallResult, after: CallResult, tolerance: Tolerance = EXACT) -> CallChange:
    """Return in what one call differs from the one before."""
    if after.error:
        return CallChange(mode, error=after.error)
    return CallChange(
        mode,
        compare(before.outputs, after.outputs, "", tolerance),
        compare(before.masks, after.masks),
        _compare_losses(before.losses, after.losses, tolerance),
        step=compare_steps(before.step, after.step, tolerance),
    )


def _compare_losses(
    before: tuple[float, ...], after: tuple[float, ...], tolerance: Tolerance
) -> tuple[Difference, ...]:
    """Compare losses in order; the last bits of a sum may differ, whatever the tolerance."""
    limit = widen_tolerance(tolerance, (1e-6, 1e-9))
    if len(before) != len(after):
        return (Difference("losses", "value", len(before), len(after)),)
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(d for i, (old, new) in pairs for d in compare(old, new, f"losses[{i}]", limit))


def _is_kept(group: frozenset[str], after: Snapshot) -> bool:
    present = {
        p for p in group if p in after.layers or p in after.weights or any(p in g for g in after.aliases)
    }
    return len(present) < 2 or any(present <= other for other in after.aliases)


def _join_path(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
