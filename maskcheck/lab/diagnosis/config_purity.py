"""Side effects of get_config and from_config: what they change, share, vary and take out of the config."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import Any

from maskcheck.compare.values import compare
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.snapshot import layer_state
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.guarded import is_a, list_items, list_pairs, try_read
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.model.evidence import ConfigEvidence
from maskcheck.model.value import ABSENT, DictValue, Value


def examine_config(traveller: Traveller) -> ConfigEvidence:
    """Call get_config twice and say what came, what changed and what is shared."""
    layer = traveller.layer
    before = layer_state("", layer, walk(layer).names).attributes
    try:
        config = guarded("get_config", layer.get_config)
        guarded("get_config", _check_is_dict, config)
        value = freeze(config, walk(layer).names)
        aliased = _find_aliased(config, layer)
        try:
            written = guarded("serialize", _write, config)
        except BuildError as error:
            return ConfigEvidence(failure=error.failure, unwritable=_find_unwritable(config))
        again = freeze(guarded("get_config", layer.get_config), walk(layer).names)
    except BuildError as error:
        return ConfigEvidence(failure=error.failure)
    return ConfigEvidence(
        value=value,
        written=written,
        varies=_differing_keys(value, again),
        mutates=_find_mutated(layer, before),
        aliased=aliased,
        consumed=_find_consumed(traveller),
    )


def _check_is_dict(config: Any) -> None:
    if not isinstance(config, dict):
        raise TypeError(f"get_config() returned a {type(config).__name__}, not a dict")


def _write(config: Any) -> Any:
    return json.loads(json.dumps(keras.saving.serialize_keras_object(config)))


def _find_unwritable(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys whose values alone have no form in JSON."""
    return tuple(key for key, value in config.items() if not _can_be_written(value))


def _can_be_written(value: Any) -> bool:
    try:
        _write(value)
    except Exception:
        return False
    return True


def _differing_keys(before: Value, after: Value) -> tuple[str, ...]:
    """Return the top-level keys whose values differ; the kind of container counts as the same."""
    if not (isinstance(before, DictValue) and isinstance(after, DictValue)):
        return ()
    found = compare(DictValue("dict", before.items), DictValue("dict", after.items))
    return tuple(
        dict.fromkeys(d.path.partition(".")[0].partition("[")[0] for d in found if d.kind != "order")
    )


def _find_mutated(layer: keras.Layer, before: Mapping[str, Value]) -> tuple[str, ...]:
    after = layer_state("", layer, walk(layer).names).attributes
    return tuple(
        name for name in before if name in after and compare(before[name], after[name], name)
    ) + tuple(name for name in after if name not in before)


def _find_aliased(config: Mapping[str, Any], layer: keras.Layer) -> tuple[str, ...]:
    """Return the keys whose value is, or holds, a mutable part of the layer itself."""
    attributes = own_attributes(layer)
    itself = tuple(name for name, value in attributes.items() if value is config)
    if itself:
        return itself
    parts = {id(part) for value in attributes.values() for part in _mutable_parts(value)}
    shared = _keys_holding(config, parts)
    by_keras = _keys_holding(_config_of_keras(layer), parts) if shared else ()
    return tuple(key for key in shared if key not in by_keras)


def _keys_holding(config: Mapping[str, Any], parts: Set[int]) -> tuple[str, ...]:
    """Return the keys whose value is, or holds, one of the objects with these identities."""
    return tuple(key for key, value in config.items() if any(id(p) in parts for p in _mutable_parts(value)))


def _config_of_keras(layer: keras.Layer) -> Mapping[str, Any]:
    """Return what the layer's nearest class of Keras writes of it; nothing if it cannot."""
    parent = next(base for base in type(layer).__mro__ if is_keras(base))
    try:
        return dict(parent.get_config(layer))  # type: ignore[attr-defined]
    except Exception:
        return {}


def _mutable_parts(value: Any, depth: int = 0) -> Iterator[Any]:
    if depth > 6:
        return
    if is_a(value, dict):
        yield value
        for _, item in try_read(lambda: list_pairs(value), list[tuple[Any, Any]]()):
            yield from _mutable_parts(item, depth + 1)
    elif is_a(value, (list, tuple)):
        if is_a(value, list):
            yield value
        for item in try_read(lambda: list_items(value), list[Any]()):
            yield from _mutable_parts(item, depth + 1)
    elif is_a(value, set):
        yield value


def _find_consumed(traveller: Traveller) -> tuple[str, ...]:
    """Return the keys of a config that from_config changes in the dict it is given.

    What deserializing the value of a key alone changes too is the doing of the class described there.
    """
    try:
        config = dict(traveller.layer.get_config())
        before = freeze(config)
        with keras.saving.custom_object_scope(dict(traveller.custom_objects)):
            traveller.cls.from_config(config)
    except (Exception, SystemExit):
        return ()
    changed = _differing_keys(before, freeze(config))
    parts = _deserialize_parts(traveller) if changed else {}
    now = {key: freeze(config[key]) if key in config else ABSENT for key in changed}
    return tuple(key for key in changed if key not in parts or compare(now[key], parts[key]))


def _deserialize_parts(traveller: Traveller) -> Mapping[str, Value]:
    """Return the values of another config once all that describe an object were made into one."""
    config = dict(traveller.layer.get_config())
    with keras.saving.custom_object_scope(dict(traveller.custom_objects)):
        for described in _descriptions(config):
            with suppress(Exception):
                keras.saving.deserialize_keras_object(described)
    return {key: freeze(value) for key, value in config.items()}


def _descriptions(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the dicts in which Keras has described an object, the outermost only."""
    if is_a(value, dict) and "class_name" in value and "config" in value:
        yield value
    elif is_a(value, dict):
        for _, item in try_read(lambda: list_pairs(value), list[tuple[Any, Any]]()):
            yield from _descriptions(item)
    elif is_a(value, (list, tuple)):
        for item in try_read(lambda: list_items(value), list[Any]()):
            yield from _descriptions(item)
