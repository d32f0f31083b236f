"""What user code replaced in modules and classes that everybody uses, found and put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

# Without these as they are neither Keras nor maskcheck can do its work.
_MODULES = (
    "builtins",
    "copy",
    "inspect",
    "io",
    "json",
    "logging",
    "os",
    "pickle",
    "posixpath",
    "shutil",
    "signal",
    "socket",
    "tempfile",
    "threading",
    "time",
    "warnings",
    "weakref",
    "zipfile",
    "h5py",
    "numpy",
    "keras",
    "keras.saving",
    "keras.layers",
)
_CLASSES = (("pathlib", "Path"), ("keras.layers", "Layer"), ("keras", "Model"), ("keras", "Variable"))
_PLACES = tuple[tuple[Any, str, dict[str, Any]], ...]
# User code may replace these, too.
_set, _vars, _callable = setattr, vars, callable


@dataclass(frozen=True)
class Marks:
    """What stood in those modules and classes at one moment, and which modules there were."""

    places: _PLACES
    modules: dict[str, ModuleType]

    @classmethod
    def take(cls) -> Marks:
        """Return what stands there now."""
        return cls(tuple(_places()), dict(sys.modules))

    def restore(self) -> tuple[str, ...]:
        """Put everything back and return the names of what had been replaced or removed."""
        changed: list[str] = []
        for owner, name, before in self.places:
            now = _vars(owner)
            for key, value in before.items():
                if key not in now or now[key] is not value:
                    _set(owner, key, value)
                    changed.append(f"{name}.{key}")
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
                changed.append(name)
        return tuple(changed)


def _places() -> Iterator[tuple[Any, str, dict[str, Any]]]:
    for name in _MODULES:
        module = sys.modules.get(name)
        if module is not None:
            yield module, name, _functions(module)
    for name, attribute in _CLASSES:
        owner = _vars(sys.modules[name]).get(attribute) if name in sys.modules else None
        if isinstance(owner, type):
            yield owner, attribute, _functions(owner)


def _functions(owner: Any) -> dict[str, Any]:
    return {
        key: value
        for key, value in _vars(owner).items()
        if (_callable(value) or isinstance(value, (classmethod, staticmethod, property))) and key != "_"
    }
