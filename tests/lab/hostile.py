"""Objects that refuse what Python asks of every object."""

from __future__ import annotations

import sys
from typing import Any


class Unfriendly:
    """Refuses every question that Python can ask of a value."""

    def _refuse(self, *_: Any) -> Any:
        raise RuntimeError("no answer")

    __repr__ = __str__ = __eq__ = __hash__ = __bool__ = __len__ = __iter__ = _refuse
    __contains__ = __getitem__ = __reduce__ = __array__ = __float__ = _refuse


class NoAttributes(Unfriendly):
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(f"no {name}")


class NoDict:
    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        raise RuntimeError("no __dict__")


class FalseClass:
    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        raise RuntimeError("no __class__")


class Leaves:
    __slots__ = ()

    def __repr__(self) -> str:
        sys.exit(3)


class Nameless(type):
    def __getattribute__(cls, name: str) -> Any:
        if name in ("__module__", "__qualname__", "__name__"):
            raise RuntimeError("no name")
        return super().__getattribute__(name)


class Anonymous(metaclass=Nameless):
    pass


class BrokenList(list[int]):
    def __iter__(self) -> Any:
        raise RuntimeError("no items")


class BrokenDict(dict[str, int]):
    def items(self) -> Any:
        raise RuntimeError("no items")


REFUSING = (Unfriendly, NoAttributes, NoDict, FalseClass, Leaves, BrokenList, BrokenDict)
