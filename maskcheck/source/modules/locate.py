"""Where modules lie on disk, found without importing anything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec

_SOURCE = ".py"


@dataclass(frozen=True)
class ModuleLocation:
    """Where a module was found.

    ``file`` is None for namespace packages and compiled modules; ``folders`` are
    the directories to search for submodules (empty unless it is a package);
    ``root`` is the directory that holds the top-level name, "" if installed.
    """

    name: str
    file: str | None
    folders: tuple[str, ...]
    root: str

    @property
    def is_namespace(self) -> bool:
        """Whether this is a package without an ``__init__.py``."""
        return self.file is None and bool(self.folders)


class Finder:
    """Finds modules by dotted name: first below ``roots``, then as Python would on its own path."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = roots
        self._found: dict[str, ModuleLocation | None] = {}

    def find(self, name: str) -> ModuleLocation | None:
        """Return where the module ``name`` is, or None when there is none."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> ModuleLocation | None:
        parent, _, last = name.rpartition(".")
        if not last:
            return None
        if not parent:
            return self._top(name)
        package = self.find(parent)
        if package is None or not package.folders:
            return None
        folders = package.folders
        if parent == "keras":  # before 3.10 Keras extends its search path when imported
            folders += tuple(os.path.join(folder, "api") for folder in folders)
        return _find_in_folders(name, last, folders, package.root)

    def _top(self, name: str) -> ModuleLocation | None:
        local = next(
            filter(None, (_find_in_folders(name, name, (root,), root) for root in self._roots)), None
        )
        if local is not None and not local.is_namespace:
            return local
        installed = _find_installed(name)
        if local is not None and (installed is None or installed.is_namespace):
            return local
        return installed


def is_package(folder: str) -> bool:
    """Return whether ``folder`` is a regular package."""
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _find_in_folders(name: str, last: str, folders: tuple[str, ...], root: str) -> ModuleLocation | None:
    portions = []
    for folder in folders:
        path = os.path.join(folder, last)
        if is_package(path):
            return ModuleLocation(name, os.path.join(path, "__init__.py"), (path,), root)
        if os.path.isfile(path + _SOURCE):
            return ModuleLocation(name, path + _SOURCE, (), root)
        if os.path.isdir(path):
            portions.append(path)
    return ModuleLocation(name, None, tuple(portions), root) if portions else None


def _find_installed(name: str) -> ModuleLocation | None:
    try:
        spec = find_spec(name)  # of a top-level name: nothing is imported
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None:
        return None
    file = spec.origin if spec.origin and spec.origin.endswith(_SOURCE) else None
    return ModuleLocation(name, file, tuple(spec.submodule_search_locations or ()), "")
