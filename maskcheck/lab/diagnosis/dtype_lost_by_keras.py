"""Dtype policies and autocast that classes of Keras lose: no fault of the layer that extends or holds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.process.keras_settings import apply_keras_settings, keep_keras_settings
from maskcheck.model.evidence import Evidence
from maskcheck.rules.base.dtypes import POLICY
from maskcheck.rules.base.rule import Look


def find_dtype_lost_by_keras(evidence: Evidence, traveller: Traveller) -> Mapping[str, str]:
    """Return the flags that classes of Keras lose by themselves, as {"inner.autocast": "Dense.autocast"}.

    What is lost in a new process only, where another global policy holds, counts if there is
    no way to tell the class its policy.
    """
    found: dict[str, str] = {}
    changed = _find_changed(evidence)
    layers = walk(traveller.layer).layers if changed else {}
    for path, here in changed.items():
        for place, cls in _find_owners(path, traveller.cls, layers):
            layer = layers[place]
            inside = path.removeprefix(f"{place}.") if place else path
            if inside in _find_lost_alone(cls, layer, {}) and (here or _ignores_policy(cls, layer, inside)):
                found[path] = f"{cls.__name__}.{'dtype' if path.endswith(POLICY) else 'autocast'}"
    return {**found, "dtype": found[POLICY]} if POLICY in found else found


def _find_changed(evidence: Evidence) -> dict[str, bool]:
    """Return the flags that do not come back, and of each whether that shows in this process, too."""
    lost: dict[str, bool] = {}
    for trip in evidence.trips:
        for flag in Look(evidence, trip).all_differences.flags:
            if flag.path == POLICY or flag.path.endswith((f".{POLICY}", ".autocast")):
                lost[flag.path] = lost.get(flag.path, False) or trip.elsewhere is None
    return lost


def _find_owners(
    path: str, own: type[keras.Layer], layers: Mapping[str, keras.Layer]
) -> Iterator[tuple[str, type[keras.Layer]]]:
    """Yield the layers of Keras that a flag is of or in, by their paths; the layer itself as its parent."""
    parent = next(base for base in own.__mro__ if is_keras(base))
    if path == POLICY and parent is not keras.Layer:
        yield "", parent
    yield from (
        (place, type(layer))
        for place, layer in layers.items()
        if place and path.startswith(f"{place}.") and is_keras(type(layer))
    )


def _find_lost_alone(cls: type[Any], layer: keras.Layer, told: Mapping[str, Any]) -> frozenset[str]:
    """Return the flags in which a copy differs that Keras' class makes of its own config under its defaults.

    Args:
        told: what to set in that config.
    """
    try:
        config = {**cls.get_config(layer), **told}
        before = observe(layer, {}, 0)
        with keep_keras_settings():
            apply_keras_settings({})
            after = observe(cls.from_config(config), {}, 0)
    except Exception:
        return frozenset()
    return frozenset(flag.path for flag in contrast(before, after).flags)


def _ignores_policy(cls: type[Any], layer: keras.Layer, path: str) -> bool:
    """Tell whether a class cannot be made with a policy, or does not mind it."""
    told = {"dtype": layer.dtype_policy}
    try:
        cls.from_config({**cls.get_config(layer), **told})
    except Exception:
        return True
    return path in _find_lost_alone(cls, layer, told)
