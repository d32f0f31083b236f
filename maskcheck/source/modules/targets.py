"""Resolves the targets of the command line to modules on disk."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from maskcheck.errors import UsageError
from maskcheck.model.target import ModuleFile
from maskcheck.source.modules.locate import Finder, ModuleLocation
from maskcheck.source.modules.packages import module_file, module_name, modules_in_folder, submodules
from maskcheck.source.modules.unknown_target import not_python, unknown_module, unknown_path
from maskcheck.source.regular import find_obstacle

_FORMS = "write pkg.module, pkg.module:Class, file.py, file.py:Class or a folder"


@dataclass(frozen=True)
class TargetModules:
    """Modules to import with ``root`` first on the path ("" if installed); ``cls`` narrows to one class."""

    root: str
    modules: tuple[ModuleFile, ...]
    cls: str | None = None

    @property
    def top(self) -> str:
        """The top-level name that all modules share."""
        return self.modules[0].name.partition(".")[0]


def search_roots(directory: str) -> tuple[str, ...]:
    """Return where modules of a project lie: ``directory`` and its src/ folder."""
    return (directory, os.path.join(directory, "src"))


def find_target(target: str, directory: str) -> tuple[TargetModules, ...]:
    """Find what ``target`` names: a path, a module or package, or a class in one of these.

    Args:
        target: ``pkg.module``, ``path/to/file.py``, ``path/to/folder``, each also with ``:Class``.
        directory: absolute path that relative paths and modules are looked for in.

    Raises:
        UsageError: nothing has that name, or what has it is not Python source.
    """
    place, colon, cls = target, "", ""
    if not os.path.exists(os.path.join(directory, target)):
        place, colon, cls = target.partition(":")
    if not place:
        raise UsageError(f"the target {target!r} names no module", hint=_FORMS)
    found = _find_place(place, directory)
    if not colon:
        return found
    first, *others = found[0].modules
    if not cls or len(found) > 1 or (others and not first.is_package):
        raise UsageError(f"{target!r} names no class of one module", hint=_FORMS)
    return (TargetModules(found[0].root, (first,), cls),)


def _find_place(place: str, directory: str) -> tuple[TargetModules, ...]:
    path = os.path.normpath(os.path.join(directory, place))
    finder = Finder(search_roots(directory))
    _check_source(place, path if path.endswith(".py") else f"{path}.py")
    location = None if _is_path(place) else _find_module(place, finder)
    if location is not None and not (location.is_namespace and os.path.isdir(path)):
        return (_package_modules(location),)
    if os.path.isdir(path):
        return tuple(_drop_installed_root(selection, directory) for selection in _folder_modules(path))
    if os.path.isfile(path):
        if not path.endswith(".py"):
            raise not_python(place)
        root, name = module_name(path)
        return (_drop_installed_root(TargetModules(root, (module_file(name, path),)), directory),)
    raise (
        unknown_path(place, path)
        if _is_path(place)
        else unknown_module(place, finder, search_roots(directory))
    )


def _check_source(place: str, path: str) -> None:
    """See that a target that is one file can be read to its end.

    Raises:
        UsageError: it cannot.
    """
    obstacle = "" if os.path.isdir(path) else find_obstacle(path)
    if obstacle:
        raise UsageError(f"{place} cannot be read as source text: {obstacle}", hint=_FORMS)


def _is_path(place: str) -> bool:
    return os.sep in place or place.endswith(".py") or place in {os.curdir, os.pardir}


def _find_module(place: str, finder: Finder) -> ModuleLocation | None:
    return finder.find(place) if all(map(str.isidentifier, place.split("."))) else None


def _package_modules(location: ModuleLocation) -> TargetModules:
    modules = tuple(submodules(location.name, location.folders))
    if location.file is not None and not location.folders:
        modules = (module_file(location.name, location.file),)
    if not modules:
        raise not_python(location.name)
    return TargetModules(location.root, modules)


def _folder_modules(folder: str) -> list[TargetModules]:
    selections = [
        TargetModules(root, tuple(modules)) for root, modules in modules_in_folder(folder) if modules
    ]
    if not selections:
        raise UsageError(f"no Python files in {folder}")
    return selections


def _drop_installed_root(selection: TargetModules, directory: str) -> TargetModules:
    """Drop the root if it is on Python's own path: the package is installed."""
    installed = {os.path.abspath(entry) for entry in sys.path if entry} - {*search_roots(directory)}
    return TargetModules("", selection.modules) if selection.root in installed else selection
