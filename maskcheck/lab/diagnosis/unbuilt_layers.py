"""Which sub-layers have no weights when a file is read, and the lines of ``build`` that would build them.

A file is read by the constructor and ``build``, without a call. That is done here with a new layer of
the case; where sub-layers lack weights then, they are built one by one, as the lines to write would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set

from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.inputs import list_tensors
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.build_hint import unmangle, write_build
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import is_a, read_attribute
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer_class.describe import describe_method, is_builtin
from maskcheck.lab.process.quiet import quiet
from maskcheck.model.evidence import BuildGap, UnbuiltLayer

Layers = Mapping[str, keras.Layer]


def find_unbuilt_layers(traveller: Traveller) -> tuple[tuple[UnbuiltLayer, ...], tuple[BuildGap, ...]]:
    """Return the layers that lack weights after constructor and ``build``, and whose fault that is."""
    with quiet():
        return _find_unbuilt_layers(traveller)


def _find_unbuilt_layers(traveller: Traveller) -> tuple[tuple[UnbuiltLayer, ...], tuple[BuildGap, ...]]:
    original = walk(traveller.layer).layers
    try:
        fresh = traveller.construct(traveller.construction_seed).layer
        constructed = walk(fresh).layers.keys()
        _build_like(fresh, traveller.layer)
    except BuildError:
        return (), ()
    built = walk(fresh)
    saved = [path for path, weight in traveller.reference.weights.items() if weight.kind == "weight"]
    owners = {path: _find_owner(path, original) for path in saved if path not in built.variables}
    gaps = _build_one_by_one(fresh, original, frozenset(owners.values()))
    made = _list_made(fresh, owners.keys(), traveller)
    owners = {path: owner for path, owner in owners.items() if path in made}
    left_out = {path for paths in gaps.values() for path in paths}
    shown = {owner: _shorten(owner, left_out, original) for owner in dict.fromkeys(owners.values())}
    unbuilt = tuple(
        UnbuiltLayer(
            path=unmangle(path, type(original[_find_holder(path, original)])),
            weights=tuple(weight for weight, owner in owners.items() if shown[owner] == path),
            made_in="__init__" if part in constructed else "build" if part in built.layers else "call",
        )
        for path in dict.fromkeys(shown.values())
        for part in [_find_outermost(path, left_out)]
    )
    holders = gaps if owners else {}
    return unbuilt, tuple(_describe_gap(holder, gaps[holder], original, traveller) for holder in holders)


def _list_made(fresh: keras.Layer, weights: Set[str], traveller: Traveller) -> Set[str]:
    """Return the weights of a layer that was called; others were made by what prepared the original."""
    now = walk(fresh).variables.keys()
    if not weights <= now:
        traveller.call_once(fresh)
    return walk(fresh).variables.keys()


def _shorten(owner: str, left_out: Set[str], layers: Layers) -> str:
    """Return the path of what has weights, but of what a layer of Keras is made of that of the layer.

    What a model of Keras holds was put there by somebody else.
    """
    path = _find_outermost(owner, left_out)
    while (path != owner and is_a(layers[path], keras.Model)) or not is_builtin(type(layers[path])):
        inside = [
            each for each in layers if each != path and _is_below(each, path) and _is_below(owner, each)
        ]
        if not inside:
            break
        path = min(inside, key=len)
    return path


def _find_outermost(path: str, left_out: Set[str]) -> str:
    """Return what was left out that has something below it, the thing itself where nothing was."""
    return min((each for each in left_out if _is_below(path, each)), key=len, default=path)


def _build_one_by_one(fresh: keras.Layer, original: Layers, owners: frozenset[str]) -> dict[str, list[str]]:
    """Build what is not built, from the outside inwards, until nothing is left that can be.

    Returns:
        The paths of the layers whose ``build`` leaves something out, with the paths of what they leave out.
    """
    found: dict[str, list[str]] = {}
    tried: set[str] = set()
    while True:
        now = walk(fresh).layers
        unbuilt = [
            path
            for path, layer in now.items()
            if path not in tried and path in original and _is_left_out(layer, original[path])
        ]
        path = min(filter(None, unbuilt), key=_depth, default=None)
        if path is None:
            return found
        tried.add(path)
        holder = _find_holder(path, original)
        if holder in found or any(_is_below(owner, path) for owner in owners):
            found.setdefault(holder, []).append(path)
        try:
            _build_like(now[path], original[path])
        except BuildError:
            continue


def _is_left_out(layer: keras.Layer, original: keras.Layer) -> bool:
    """Tell whether a layer is not built that has weights in the original."""
    return not read_attribute(layer, "built") and bool(read_attribute(original, "weights"))


def _build_like(layer: keras.Layer, original: keras.Layer) -> None:
    """Build a layer as a file does that has the original.

    Raises:
        BuildError: its ``build`` raised.
    """
    config = guarded("build", read_attribute(original, "get_build_config", dict))
    if config:
        guarded("build", lambda: layer.build_from_config(json.loads(json.dumps(config))))


def _find_owner(weight: str, layers: Layers) -> str:
    """Return the path of the layer that a weight belongs to."""
    return max((path for path in layers if _is_below(weight, path)), key=len)


def _find_holder(path: str, layers: Layers) -> str:
    """Return the path of the layer of the user's own that holds the one at ``path``."""
    above = [each for each in layers if each != path and _is_below(path, each)]
    return max((each for each in above if not is_builtin(type(layers[each]))), key=len, default="")


def _is_below(path: str, above: str) -> bool:
    return path == above or not above or path.startswith((f"{above}.", f"{above}["))


def _depth(path: str) -> int:
    return path.count(".") + path.count("[")


def _describe_gap(holder: str, paths: Iterable[str], original: Layers, traveller: Traveller) -> BuildGap:
    """Return what ``build`` of a layer lacks; of the layer itself its inputs are known."""
    parts = {path[len(holder) :].lstrip("."): original[path] for path in paths}
    tensors = {} if holder else list_tensors(traveller.layer, traveller.built.inputs)
    cls = type(original[holder])
    hint = write_build(original[holder], parts, tensors)
    return BuildGap(cls.__name__ if holder else "", describe_method(cls, "build"), hint)
