"""Values read off live objects, as plain data that outlives them and can be compared.

Scalars (None, bool, int, float, complex, str, bytes) stand for themselves; all
else becomes one of the classes below. Keras' tracked containers count as the
plain ones that the user assigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Scalar = bool | int | float | complex | str | bytes | None


class Absent:
    """The value of what is not there; there is one instance, ``ABSENT``."""

    def __repr__(self) -> str:
        return "absent"

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


@dataclass(frozen=True)
class ListValue:
    """A list, tuple, set or other sequence; ``kind`` is the type's name."""

    kind: str
    items: tuple[Value, ...]


@dataclass(frozen=True)
class DictValue:
    """A mapping in its order; ``kind`` is the type's name. Keys keep their type."""

    kind: str
    items: tuple[tuple[Value, Value], ...]


@dataclass(frozen=True, eq=False)
class ArrayValue:
    """An array (``kind`` "array"), tensor ("tensor") or NumPy scalar ("scalar") by value.

    ``dtype`` is the original's; ``array`` holds what NumPy can compare.
    """

    kind: str
    dtype: str
    array: NDArray[Any]


@dataclass(frozen=True)
class FunctionValue:
    """A function by identity: its qualified name and a digest of code, defaults and closure."""

    name: str
    digest: str = ""


@dataclass(frozen=True)
class ClassValue:
    """A class used as a value, by its qualified name."""

    name: str


@dataclass(frozen=True)
class ObjectValue:
    """Another object: its class and the state found in its config or its attributes."""

    class_name: str
    state: Value = None


@dataclass(frozen=True)
class ReferenceValue:
    """A layer ("layer") or variable ("variable") that the snapshot holds under ``path``."""

    kind: str
    path: str


Value = (
    Scalar
    | Absent
    | ListValue
    | DictValue
    | ArrayValue
    | FunctionValue
    | ClassValue
    | ObjectValue
    | ReferenceValue
)


def list_leaves(value: Value, path: str = "") -> list[tuple[str, Value]]:
    """Return the leaves of a tree with their paths."""
    if isinstance(value, ListValue):
        return [leaf for i, item in enumerate(value.items) for leaf in list_leaves(item, f"{path}[{i}]")]
    if isinstance(value, DictValue):
        return [
            leaf for key, item in value.items for leaf in list_leaves(item, f"{path}.{key!s}".lstrip("."))
        ]
    return [] if value is ABSENT else [(path, value)]
