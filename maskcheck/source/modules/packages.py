"""The modules in packages and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from maskcheck.errors import UsageError
from maskcheck.model.target import ModuleFile
from maskcheck.source.modules.locate import is_package
from maskcheck.source.regular import find_obstacle

_INIT = "__init__.py"
_PROGRAMS = frozenset({"__main__", "conftest"})  # they act when imported, and nothing imports them
_NO_SOURCE = frozenset({"build", "dist", "node_modules", "site-packages"})


def module_file(name: str, file: str) -> ModuleFile:
    """Return the module ``name`` that lies in ``file``."""
    return ModuleFile(name, file, is_package=os.path.basename(file) == _INIT)


def module_name(file: str) -> tuple[str, str]:
    """Return the root and the dotted name of the module in ``file``: outside any package, its stem.

    A ``__main__`` has the name of its folder before it: alone it is the program that runs.
    """
    folder, base = os.path.split(file)
    parts = [] if base == _INIT else [base.removesuffix(".py")]
    while is_package(folder) or (parts == ["__main__"] and os.path.basename(folder).isidentifier()):
        folder, part = os.path.split(folder)
        parts.insert(0, part)
    return folder, ".".join(parts)


def submodules(name: str, folders: Sequence[str]) -> Iterator[ModuleFile]:
    """Yield the package ``name`` and all modules below it, but not its ``__main__``."""
    yield from _package_modules(name, folders, frozenset())


def modules_in_folder(folder: str) -> Iterator[tuple[str, list[ModuleFile]]]:
    """Yield pairs of root and modules: each package in ``folder``, and each file outside packages alone."""
    yield from _folder_modules(folder, frozenset())


def _package_modules(name: str, folders: Sequence[str], above: frozenset[str]) -> Iterator[ModuleFile]:
    for folder in folders:
        real = os.path.realpath(folder)
        if real in above:
            continue
        files, inner = _list_folder(folder)
        packages = [
            part for part in inner if part.isidentifier() and (_is_package(folder, part) or part not in files)
        ]
        if "__init__" in files:
            yield module_file(name, os.path.join(folder, _INIT))
        for stem in files:
            if stem != "__init__" and stem.isidentifier() and stem not in packages:
                yield module_file(f"{name}.{stem}", os.path.join(folder, f"{stem}.py"))
        for part in packages:
            yield from _package_modules(f"{name}.{part}", [os.path.join(folder, part)], above | {real})


def _folder_modules(folder: str, above: frozenset[str]) -> Iterator[tuple[str, list[ModuleFile]]]:
    real = os.path.realpath(folder)
    if real in above or os.path.isfile(os.path.join(folder, "pyvenv.cfg")):
        return
    if is_package(folder):
        root, name = module_name(os.path.join(folder, _INIT))
        yield root, list(submodules(name, [folder]))
        return
    stems, inner = _list_folder(folder)
    for stem in stems:
        if stem != "setup":
            yield folder, [module_file(stem, os.path.join(folder, f"{stem}.py"))]
    for part in inner:
        if part not in _NO_SOURCE or _is_package(folder, part):
            yield from _folder_modules(os.path.join(folder, part), above | {real})


def _is_package(folder: str, part: str) -> bool:
    return is_package(os.path.join(folder, part))


def _list_folder(folder: str) -> tuple[list[str], list[str]]:
    """Return the stems of the modules and the names of the folders in ``folder``, sorted, none hidden."""
    try:
        with os.scandir(folder) as entries:
            shown = sorted((entry.name, _is_folder(entry)) for entry in entries if entry.name[0] != ".")
    except OSError as error:
        raise UsageError(f"cannot list {folder}: {error.strerror}") from None
    files = [name for name, is_folder in shown if name.endswith(".py") and not is_folder]
    stems = [name[:-3] for name in files if not find_obstacle(os.path.join(folder, name))]
    folders = [name for name, is_folder in shown if is_folder and name != "__pycache__"]
    return [stem for stem in stems if stem not in _PROGRAMS], folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False
