"""What the first calls of a layer do to its attributes: flags that they move, tables that they make."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.lab.layer.plain_state import is_plain


@dataclass
class FirstCalls:
    """The attributes of the user's own layers as their first calls found them, by the path of the layer."""

    layers: dict[str, keras.Layer] = field(default_factory=dict)
    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def list_moved(self) -> frozenset[str]:
        """Return the paths of plain attributes that calls have changed since: flags and counters."""
        return frozenset(
            path
            for path, before, now in self._pairs()
            if is_plain(before) and is_plain(now) and before != now
        )

    def list_made(self) -> frozenset[str]:
        """Return the paths of what was nothing, and is more than a plain value now."""
        return frozenset(path for path, before, now in self._pairs() if before is None and not is_plain(now))

    def _pairs(self) -> Iterator[tuple[str, Any, Any]]:
        for path, attributes in self.found.items():
            for name, now in own_attributes(self.layers[path]).items():
                yield f"{path}.{name}" if path else name, attributes.get(name), now


@contextmanager
def watch_first_calls(layer: keras.Layer) -> Iterator[FirstCalls]:
    """Note the attributes of each layer when its ``call`` is entered first, once it is built."""
    watched = FirstCalls()
    for path, part in walk(layer).layers.items():
        if not is_keras(type(part)) and "call" not in vars(part):
            watched.layers[path] = part
            vars(part)["call"] = _watch(part.call, path, watched)
    try:
        yield watched
    finally:
        for part in watched.layers.values():
            with suppress(KeyError):
                del vars(part)["call"]


def _watch(call: Callable[..., Any], path: str, watched: FirstCalls) -> Callable[..., Any]:
    @functools.wraps(call)
    def noting(*args: Any, **kwargs: Any) -> Any:
        if path not in watched.found:
            watched.found[path] = own_attributes(watched.layers[path])
        return call(*args, **kwargs)

    return noting
