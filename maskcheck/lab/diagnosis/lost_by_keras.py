"""What Keras' own classes lose by themselves: no fault of the layer that extends or holds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.compare.snapshots import AttributeChange, contrast
from maskcheck.compare.values import equivalent
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.dtype_lost_by_keras import find_dtype_lost_by_keras
from maskcheck.lab.keras_api import is_keras, keras, unwritten
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.layer_class.constructor import default_of, parameters
from maskcheck.lab.layer_class.parameters import all_parameters
from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Argument
from maskcheck.model.value import ABSENT, Value
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.rule import Look


def find_lost_by_keras(evidence: Evidence, traveller: Traveller) -> Mapping[str, str]:
    """Return the paths that classes of Keras lose by themselves, as {"use_cudnn": "GRU.use_cudnn"}.

    Args:
        evidence: with its trips; only what came back otherwise is looked into. A layer that
            does not come back at all is told, whoever is to blame.
    """
    came_back = any(trip.after for trip in evidence.trips if trip.route != "weights")
    if evidence.facts.is_keras or not came_back:
        return {}
    inherited: dict[str, str] = {}
    for argument in evidence.facts.arguments:
        inherited.update(_find_inherited(evidence, traveller, argument))
    return {
        **inherited,
        **_find_unwritten(evidence, traveller),
        **_find_unfrozen(evidence, traveller),
        **find_dtype_lost_by_keras(evidence, traveller),
        **_find_lost_in_sublayers(evidence, traveller),
    }


def _find_unwritten(evidence: Evidence, traveller: Traveller) -> Mapping[str, str]:
    """Return what Keras' Layer keeps and its get_config leaves out: arguments, and what is set later.

    A class without a get_config is written with the arguments that it got.
    """
    own = {argument.name for argument in evidence.facts.arguments if not argument.base}
    own.add("autocast")  # which MC701 tells by itself
    given = {a.name: a for a in evidence.facts.arguments if a.base and a.explicit}
    written = given if evidence.facts.methods["get_config"].builtin else {}
    changed = _changed_flags(evidence)
    owner = "Model" if issubclass(traveller.cls, keras.Model) else "Layer"
    return {
        name: f"{owner}.{name}"
        for name in unwritten(traveller.cls)
        if name not in (*own, *written)
        and (name in changed or (name in given and _is_lost_though_taken(evidence, given[name])))
    }


def _is_lost_though_taken(evidence: Evidence, argument: Argument) -> bool:
    return _is_lost(evidence, argument) and not _is_not_taken(evidence, argument)


def _find_inherited(evidence: Evidence, traveller: Traveller, argument: Argument) -> Mapping[str, str]:
    """Return the argument and its traces if Keras' parent class, made with the same value, loses it too."""
    if not (argument.explicit and argument.name in traveller.case.init):
        return {}
    parameter = all_parameters(traveller.cls).get(argument.name)
    parent = next(base for base in traveller.cls.__mro__ if is_keras(base))
    untaken = _is_not_taken(evidence, argument)
    handed_on = parameter is not None and is_keras(parameter.owner)
    if parent is keras.Layer or not (untaken or (handed_on and _is_lost(evidence, argument))):
        return {}
    what = f"{parent.__name__}.{argument.name}"
    try:
        alone = _make_parent(parent, traveller, argument.name)
        if untaken:
            return {argument.name: what} if getattr(alone, argument.name) is None else {}
        config = alone.get_config()
        entry = freeze(config[argument.name]) if argument.name in config else ABSENT
        changes = _changes_alone(alone, traveller)
    except Exception:
        return {}
    if not (changes and _is_same_loss(evidence, argument, entry, default_of(parent, argument.name))):
        return {}
    same = [change.path for change in changes if _changes_alike(evidence, change)]
    return dict.fromkeys((argument.name, *same), what) if len(same) == len(changes) else {}


def _is_same_loss(evidence: Evidence, argument: Argument, entry: Value, default: Value) -> bool:
    """Tell whether Keras' parent writes the same of an argument, and nothing else came back.

    Args:
        entry: of the parent's config, ABSENT if it has none; then its default comes back.
    """
    came_back = (evidence.rebuilt or {}).get(argument.name, ABSENT)
    expected = (ABSENT, default) if entry is ABSENT else (entry,)
    written = get_written_value(evidence, argument.name)
    return equivalent(entry, written) and any(equivalent(value, came_back) for value in expected)


def _changes_alike(evidence: Evidence, change: AttributeChange) -> bool:
    """Tell whether an attribute changed on every trip on which it did from the same to the same."""
    found = [
        other
        for trip in evidence.trips
        for other in Look(evidence, trip).all_differences.attributes
        if other.path == change.path
    ]
    return all(_is_same_change(other, change) for other in found)


def _is_same_change(one: AttributeChange, other: AttributeChange) -> bool:
    pairs = zip(one.differences, other.differences, strict=False)
    return len(one.differences) == len(other.differences) and all(
        equivalent(a.before, b.before) and equivalent(a.after, b.after) for a, b in pairs
    )


def _find_unfrozen(evidence: Evidence, traveller: Traveller) -> Mapping[str, str]:
    """Return trainable if Keras' parent class comes back trainable by itself though it was frozen."""
    parent: type[Any] = next(base for base in traveller.cls.__mro__ if is_keras(base))
    if "trainable" not in _changed_flags(evidence) or parent is keras.Layer:
        return {}
    try:
        alone = parent.from_config(parent.get_config(traveller.layer))
        alone.trainable = False
        again = parent.from_config(alone.get_config())
    except Exception:
        return {}
    return {"trainable": f"{parent.__name__}.trainable"} if again.trainable else {}


def _changed_flags(evidence: Evidence) -> set[str]:
    return {flag.path for trip in evidence.trips for flag in Look(evidence, trip).contrast.flags}


def _is_not_taken(evidence: Evidence, argument: Argument) -> bool:
    """Tell whether a regularizer of the base class was given that the layer never had."""
    flags = evidence.before.root.flags if evidence.before else {}
    named = argument.base and argument.name == "activity_regularizer"
    return named and argument.given is not None and flags.get(argument.name) is None


def _is_lost(evidence: Evidence, argument: Argument) -> bool:
    rebuilt = evidence.rebuilt or {}
    return not equivalent(argument.given, rebuilt.get(argument.name, ABSENT))


def _make_parent(parent: type[Any], traveller: Traveller, name: str) -> keras.Layer:
    """Return Keras' class, made as the layer says that it was but for one argument, which is the case's."""
    known = parameters(parent)
    config = {key: item for key, item in parent.get_config(traveller.layer).items() if key in known}
    return parent(**{**config, name: live(traveller.case.init[name], f"init.{name}", traveller.seed)})


def _find_lost_in_sublayers(evidence: Evidence, traveller: Traveller) -> dict[str, str]:
    """Return the attributes of Keras' sub-layers that do not come back when these travel alone."""
    layers = walk(traveller.layer).layers
    alone: dict[str, Mapping[str, _LossAlone]] = {}
    found: dict[str, str] = {}
    others: set[str] = set()
    for change in _sublayer_changes(evidence):
        for path in _walk_outwards(change.layer, layers):
            if path not in alone:
                alone[path] = _find_lost_alone(layers[path], path, traveller)
            if change.path in alone[path]:
                loss = alone[path][change.path]
                found[change.path] = loss.what
                others |= set() if loss.covers(change) else {change.path}
                break
    return {path: what for path, what in found.items() if path not in others}


@dataclass(frozen=True)
class _LossAlone:
    """What a layer of Keras loses when it travels alone."""

    what: str
    change: AttributeChange
    is_argument: bool

    def covers(self, change: AttributeChange) -> bool:
        """Tell whether a change is this loss: what follows from an argument may differ once it is built."""
        return not self.is_argument or _is_same_change(change, self.change)


def _sublayer_changes(evidence: Evidence) -> Iterator[AttributeChange]:
    for trip in evidence.trips:
        before = evidence.left(trip)
        if before and trip.after:
            changes = contrast(before, trip.after).attributes
            yield from (change for change in changes if change.layer and not change.own)


def _walk_outwards(path: str, layers: Mapping[str, keras.Layer]) -> Iterator[str]:
    """Yield a sub-layer's path and those of the layers around it, as long as they are Keras' own."""
    around = [other for other in layers if other and f"{path}.".startswith((f"{other}.", f"{other}["))]
    for other in sorted(around, key=len, reverse=True):
        if not is_keras(type(layers[other])):
            return
        yield other


def _find_lost_alone(layer: keras.Layer, path: str, traveller: Traveller) -> Mapping[str, _LossAlone]:
    """Return what the config of one layer of Keras loses: its arguments, and what is made of them."""
    try:
        changes = _changes_alone(layer, traveller)
    except Exception:
        return {}
    parts = walk(layer).layers
    lost: dict[str, _LossAlone] = {}
    for part in {change.layer for change in changes}:
        named = {c.name: c for c in changes if c.layer == part and _has_another_value(c)}
        arguments = [name for name in named if name in parameters(type(parts[part]))]
        if arguments:
            inside, what = f"{path}.{part}" if part else path, f"{type(layer).__name__}.{arguments[0]}"
            for name, change in named.items():
                lost[f"{inside}.{name}"] = _LossAlone(what, change, name in arguments)
    return lost


def _changes_alone(layer: keras.Layer, traveller: Traveller) -> tuple[AttributeChange, ...]:
    with keras.saving.custom_object_scope(dict(traveller.custom_objects)):
        again = type(layer).from_config(layer.get_config())
    return contrast(observe(layer, {}, traveller.seed), observe(again, {}, traveller.seed)).attributes


def _has_another_value(change: AttributeChange) -> bool:
    """Tell whether there is another value, rather than none on a layer that is not built yet."""
    return not all(difference.kind == "missing" for difference in change.differences)
