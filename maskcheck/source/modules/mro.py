"""The method resolution order of classes that are known as text only."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.source.modules.keras_names import is_keras_layer
from maskcheck.source.modules.library import Library, Named
from maskcheck.source.modules.module import ClassText


class MroResolver:
    """Computes and caches the method resolution order of classes."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[Named, tuple[Named, ...]] = {}

    def ancestors(self, cls: Named) -> tuple[Named, ...]:
        """Return ``cls`` and its ancestors in method resolution order, down to Keras' own Layer.

        Where names have several meanings, the first one that is a layer counts.
        Circular definitions end where they would repeat.
        """
        waiting = [cls]
        entered: set[Named] = set()
        while waiting:
            top = waiting[-1]
            entered.add(top)
            missing = [
                base for base in self._meanings(top) if base not in self._known and base not in entered
            ]
            if missing:
                waiting.extend(missing)
            else:
                waiting.pop()
                self._known.setdefault(top, self._linearised(top))
        return self._known[cls]

    def is_layer(self, cls: Named) -> bool:
        """Return whether ``cls`` derives from Keras' Layer."""
        return any(is_keras_layer(ancestor) for ancestor in self.ancestors(cls))

    def _meanings(self, cls: Named) -> list[Named]:
        if not isinstance(cls, ClassText) or is_keras_layer(cls):
            return []
        return [meaning for meanings in self.library.bases(cls) for meaning in meanings]

    def _linearised(self, cls: Named) -> tuple[Named, ...]:
        if not isinstance(cls, ClassText) or is_keras_layer(cls):
            return (cls,)
        bases = [self._chosen(meanings) for meanings in self.library.bases(cls)]
        lines = [self._known.get(base, (base,)) for base in bases]
        merged = lines[0] if len(lines) == 1 else _merge([*lines, tuple(bases)])
        return (cls, *(ancestor for ancestor in merged if ancestor is not cls))

    def _chosen(self, meanings: Sequence[Named]) -> Named:
        layers = (m for m in meanings if any(map(is_keras_layer, self._known.get(m, (m,)))))
        return next(layers, meanings[0])


def _merge(lines: Sequence[tuple[Named, ...]]) -> list[Named]:
    """Merge as Python does (C3); classes that Python would refuse keep the order of their bases."""
    rest = [list(line) for line in lines]
    merged: list[Named] = []
    while rest := [line for line in rest if line]:
        heads = (line[0] for line in rest if not any(line[0] in other[1:] for other in rest))
        head = next(heads, rest[0][0])
        merged.append(head)
        rest = [[named for named in line if named != head] for line in rest]
    return merged
