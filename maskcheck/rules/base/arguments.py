"""Which constructor arguments did not survive a trip, and how each was lost."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from maskcheck.compare.snapshots import AttributeChange
from maskcheck.compare.values import equivalent, plain
from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Argument
from maskcheck.model.value import ABSENT, DictValue, FunctionValue, ReferenceValue, Value
from maskcheck.rules.base.rule import Look

# missing: no key in the config. misnamed: under a key that no parameter has. ignored: in the
# config, but the way back does not use it. altered: in the config with another value. stale: the
# config still has the constructor's value although the attribute has moved on.
Loss = Literal["missing", "misnamed", "ignored", "altered", "stale"]


@dataclass(frozen=True)
class LostArgument:
    """One argument that came back changed or not at all, with the attributes that show it."""

    argument: Argument
    loss: Loss
    came_back: Value
    written: Value
    key: str = ""
    traces: tuple[AttributeChange, ...] = ()


def find_lost_arguments(look: Look) -> tuple[LostArgument, ...]:
    """Return the arguments that the trip lost, judged by what they leave on the layer.

    An argument counts as lost when ``__init__`` received another value on the way back
    and an attribute that it flows into differs; if it flows into none, when the layer
    behaves differently and no other argument explains that.
    """
    rebuilt = look.evidence.rebuilt
    if rebuilt is None:
        return ()
    changed = _index_changes(look)
    shown, silent, inside = [], [], []
    for argument in look.evidence.facts.arguments:
        if argument.base:
            continue
        came_back = rebuilt.get(argument.name, ABSENT)
        probed = bool(look.evidence.lost_traces)
        if not probed and _is_kept(look, argument, changed):
            continue
        traces = _find_traces(look, argument, changed)
        harmless = are_namesakes(argument.given, came_back) and not look.changes_behaviour()
        same = harmless or equivalent(argument.given, came_back)
        fed = tuple(c for c in changed.values() if c.layer in list_attribute_paths(argument))
        if fed and not same and not traces:
            inside.append(_classify_loss(look.evidence, argument, came_back, fed))
        if traces and same and _is_stale(argument, traces):
            shown.append(_make_stale(look.evidence, argument, came_back, traces))
        elif not same and traces:
            shown.append(_classify_loss(look.evidence, argument, came_back, traces))
        elif not same and not _leaves_attributes(look, argument):
            lost = _classify_loss(look.evidence, argument, came_back, ())
            silent += [lost] if lost.loss != "altered" else []
        elif not same and probed:
            shown.append(_classify_loss(look.evidence, argument, came_back, ()))
    shown = shown or [lost for lost in inside if lost.loss == "altered"]
    return tuple(shown) or (tuple(silent) if _is_harmed(look) else ())


def are_namesakes(before: Value, after: Value) -> bool:
    """Tell whether a function came back as another of its name, such as tf.nn.relu as Keras' relu."""
    if not (isinstance(before, FunctionValue) and isinstance(after, FunctionValue)):
        return False
    return before.name.rpartition(".")[2] == after.name.rpartition(".")[2]


def _is_harmed(look: Look) -> bool:
    """Tell whether the trip did any harm that a lost argument may be the reason of."""
    own = look.owners.own
    weights = any((c.before or c.after).kind != "seed" for c in own.weights if c.before or c.after)  # type: ignore[union-attr]
    return not look.arrived or weights or look.changes_behaviour() or bool(own.flags)


def list_attribute_paths(argument: Argument) -> tuple[str, ...]:
    """Return the paths of the attributes that an argument may leave on the layer."""
    return tuple(dict.fromkeys((*argument.attributes, argument.name, f"_{argument.name}")))


def _index_changes(look: Look) -> dict[str, AttributeChange]:
    """Return the attributes that the trip changed and no .keras file brought back."""
    return {change.path: change for change in look.contrast.attributes if not change.drift}


def _find_traces(
    look: Look, argument: Argument, changed: Mapping[str, AttributeChange]
) -> tuple[AttributeChange, ...]:
    """Return the changed attributes that the argument flows into, on the layer or under its name below."""
    own = tuple(changed[path] for path in list_attribute_paths(argument) if path in changed)
    names = (argument.name, f"_{argument.name}")
    below = tuple(change for change in changed.values() if change.layer and change.name in names)
    return own or below or _find_changes_inside(look, argument, changed)


def _find_changes_inside(
    look: Look, argument: Argument, changed: Mapping[str, AttributeChange]
) -> tuple[AttributeChange, ...]:
    """Return what changed inside a layer that was given as an argument and that no config writes."""
    written = get_written_value(look.evidence, argument.name)
    if not isinstance(argument.given, ReferenceValue):
        return _find_changes_in_namesake(look, argument, changed)
    if written is not ABSENT:
        return ()
    return tuple(change for change in changed.values() if change.layer in list_attribute_paths(argument))


def _find_changes_in_namesake(
    look: Look, argument: Argument, changed: Mapping[str, AttributeChange]
) -> tuple[AttributeChange, ...]:
    """Return what changed inside a layer that stands under the argument's name and was made of it."""
    held = look.evidence.before.root.attributes if look.evidence.before else {}
    name = argument.name
    if not isinstance(held.get(name), ReferenceValue):
        return ()
    return tuple(c for c in changed.values() if c.layer == name and c.name.lstrip("_") == name)


def _is_kept(look: Look, argument: Argument, changed: Mapping[str, AttributeChange]) -> bool:
    """Tell whether the attribute that bears the argument's name came back as it was."""
    before = look.evidence.before
    names = [n for n in (argument.name, f"_{argument.name}") if before and n in before.root.attributes]
    same = not any(name in changed for name in names) and not _find_changes_inside(look, argument, changed)
    return look.arrived and bool(names) and same


def _leaves_attributes(look: Look, argument: Argument) -> bool:
    before = look.evidence.before
    return before is not None and any(
        path in before.root.attributes for path in list_attribute_paths(argument)
    )


def _is_stale(argument: Argument, traces: tuple[AttributeChange, ...]) -> bool:
    """Tell whether the attribute left the value it was constructed with, and came back with it."""
    return any(
        not d.path.count(".")
        and equivalent(argument.given, d.after)
        and not equivalent(argument.given, d.before)
        for trace in traces
        for d in trace.differences
    )


def _make_stale(
    evidence: Evidence, argument: Argument, came_back: Value, traces: tuple[AttributeChange, ...]
) -> LostArgument:
    return LostArgument(argument, "stale", came_back, get_written_value(evidence, argument.name), "", traces)


def _classify_loss(
    evidence: Evidence, argument: Argument, came_back: Value, traces: tuple[AttributeChange, ...]
) -> LostArgument:
    written = get_written_value(evidence, argument.name)
    if written is ABSENT:
        key = _find_misnamed_key(evidence, argument)
        return LostArgument(argument, "misnamed" if key else "missing", came_back, written, key, traces)
    if is_default_recorded(evidence, argument, written):
        return LostArgument(argument, "missing", came_back, written, "", traces)
    right = equivalent(argument.given, written) or not equivalent(written, argument.default)
    unused = right and _is_left_at_default(argument, came_back) and not equivalent(written, came_back)
    loss: Loss = "ignored" if unused else "altered"
    return LostArgument(argument, loss, came_back, written, "", traces)


def _is_left_at_default(argument: Argument, came_back: Value) -> bool:
    return came_back is ABSENT or equivalent(came_back, argument.default)


def is_default_recorded(evidence: Evidence, argument: Argument, written: Value) -> bool:
    """Tell whether Keras wrote the default of an argument because it did not see what was given."""
    default = argument.default is not ABSENT and equivalent(written, argument.default)
    return evidence.facts.arguments_unseen and default and not equivalent(written, argument.given)


def get_written_value(evidence: Evidence, name: str) -> Value:
    """Return what get_config says of an argument, ABSENT if it has no such key."""
    config = evidence.config.value
    if not isinstance(config, DictValue):
        return ABSENT
    return next((value for key, value in config.items if key == name), ABSENT)


def _find_misnamed_key(evidence: Evidence, argument: Argument) -> str:
    """Return a key of the config that holds the argument's value and names nothing else."""
    parameters = evidence.facts.accepted | {known.name for known in evidence.facts.arguments}
    attributes = evidence.before.root.attributes if evidence.before else {}
    others = parameters | attributes.keys() - set(list_attribute_paths(argument))
    config = evidence.config.value
    if not isinstance(config, DictValue):
        return ""
    for key, value in config.items:
        foreign = isinstance(key, str) and key not in others and _are_alike(key, argument.name)
        if foreign and equivalent(argument.given, value):
            return str(key)
    return ""


def _are_alike(key: str, name: str) -> bool:
    """Tell whether a key may be a misspelling of a name."""
    return key in name or name in key or difflib.SequenceMatcher(None, key, name).ratio() > 0.6


def find_swapped(losses: tuple[LostArgument, ...]) -> list[tuple[LostArgument, LostArgument]]:
    """Return pairs of altered arguments of which each has the other's value."""
    altered = [loss for loss in losses if loss.loss == "altered"]
    return [
        (first, second)
        for i, first in enumerate(altered)
        for second in altered[i + 1 :]
        if equivalent(first.argument.given, second.written)
        and equivalent(second.argument.given, first.written)
    ]


def to_json_text(value: Value) -> str:
    """Return a value as the config would write it in JSON, or as a short text where it cannot."""
    from maskcheck.model.show import show

    content: Any = plain(value)
    return show(value) if content is ABSENT else json.dumps(content, ensure_ascii=False)
