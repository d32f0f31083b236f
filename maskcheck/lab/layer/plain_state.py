"""Plain state of a layer: flags and counters that are no variables, held and put back as variables are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.model.value import ABSENT

_PLAIN = (bool, int, float, str, type(None))


@dataclass(frozen=True)
class PlainState:
    """The plain attributes of a layer and of those in it at one moment, and what else there was."""

    # By the path of the layer, then by name.
    values: Mapping[str, Mapping[str, Any]]
    # The paths of all layers and variables, and of what else a call may make.
    parts: frozenset[str]


def read_plain_state(layer: keras.Layer) -> PlainState:
    """Return the numbers, texts and flags that the layers hold as attributes, None included."""
    found = walk(layer)
    attributes = {path: own_attributes(part) for path, part in found.layers.items()}
    values = {path: _select_plain(held) for path, held in attributes.items()}
    others = (
        f"{path}.{name}" for path, held in attributes.items() for name in held.keys() - values[path].keys()
    )
    return PlainState(values, frozenset([*found.layers, *found.variables, *others]))


def put_back_plain_state(layer: keras.Layer, held: PlainState) -> PlainState:
    """Set plain attributes to what they were; return what holds from now on.

    Where a call has made something (a variable, a layer, a table that was None), the attributes
    that remember it stay, or the next call would make it once more.
    """
    now = read_plain_state(layer)
    if now == held or now.parts != held.parts:
        return now
    for path, part in walk(layer).layers.items():
        attributes = vars(part)
        for name, value in held.values[path].items():
            if name in now.values[path] and now.values[path][name] != value:
                attributes[name] = value
    return read_plain_state(layer)


@contextmanager
def keep_plain_state(layer: keras.Layer) -> Iterator[None]:
    """Put flags and counters back at the end of the block, as `put_back_plain_state` does."""
    held = read_plain_state(layer)
    try:
        yield
    finally:
        put_back_plain_state(layer, held)


@contextmanager
def set_plain_values(layer: keras.Layer, values: Mapping[str, Any]) -> Iterator[None]:
    """Give plain attributes, by path, other values for as long as the block lasts."""
    parts = walk(layer).layers
    places = {path: path.rpartition(".") for path in values}
    holders = {path: vars(parts[place]) for path, (place, _, _) in places.items() if place in parts}
    before = {path: held.get(places[path][2], ABSENT) for path, held in holders.items()}
    for path, held in holders.items():
        held[places[path][2]] = values[path]
    try:
        yield
    finally:
        for path, held in holders.items():
            set_attribute(held, places[path][2], before[path])


def set_attribute(attributes: dict[str, Any], name: str, value: Any) -> None:
    """Set or remove an attribute past Keras' tracking, which refuses state on a built layer."""
    if value is ABSENT:
        attributes.pop(name, None)
    else:
        attributes[name] = value


def list_unlike(ours: PlainState, theirs: PlainState) -> dict[str, Any]:
    """Return the plain attributes in which a layer differs from another, by path, with what it has itself."""
    return {
        f"{path}.{name}" if path else name: theirs.values[path][name]
        for path, values in ours.values.items()
        if path in theirs.values
        for name, value in values.items()
        if name in theirs.values[path] and value != theirs.values[path][name]
    }


def is_plain(value: Any) -> bool:
    """Tell whether a value is a number, a text, a flag or None."""
    return type(value) in _PLAIN


def _select_plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if is_plain(value)}
