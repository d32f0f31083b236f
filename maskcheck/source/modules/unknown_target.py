"""The errors for targets that name nothing that can be checked."""

from __future__ import annotations

import ast
import os
import pkgutil
import sys

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.source.modules.locate import Finder, ModuleLocation
from maskcheck.source.modules.module import read_module
from maskcheck.source.syntax_tree import read_tree


def not_python(place: str) -> UsageError:
    """Return the error for something that exists but is no Python source."""
    hint = "name a module, a package, a .py file or a folder of them"
    return UsageError(f"{place} is not Python source", hint=hint)


def unknown_path(place: str, path: str) -> UsageError:
    """Return the error for a path that does not exist, with the nearest name beside it."""
    folder, name = os.path.split(path)
    while not os.path.isdir(folder):
        folder, name = os.path.split(folder)
    if os.path.exists(os.path.join(folder, name)):
        return not_python(place)
    return UsageError(
        f"no file or folder {place!r}: {folder} has no {name}", hint=_near(name, os.listdir(folder))
    )


def unknown_module(place: str, finder: Finder, roots: tuple[str, ...]) -> UsageError:
    """Return the error for a module that cannot be found, with the nearest name in the deepest package."""
    package, _, missing = place.rpartition(".")
    while package and finder.find(package) is None:
        package, _, missing = package.rpartition(".")
    location = finder.find(package) if package else None
    if location is None:
        known = [module.name for module in pkgutil.iter_modules([*roots, *sys.path])] + os.listdir(roots[0])
        where = f"neither in {roots[0]} nor in its src folder nor installed"
        return UsageError(f"no module, file or folder {place!r}: {where}", hint=_near(place, known))
    inside = [module.name for module in pkgutil.iter_modules(location.folders)]
    if missing in inside:
        return not_python(place)
    hint = f"write {package}:{missing}" if _has_class(location, missing) else _near(missing, inside)
    kind = "package" if location.folders else "module"
    return UsageError(f"no module {place!r}: the {kind} {package} has no module {missing!r}", hint=hint)


def _near(name: str, known: list[str]) -> str:
    return did_you_mean(name, sorted({*known}))


def _has_class(location: ModuleLocation, name: str) -> bool:
    tree = read_tree(location.file) if location.file and name[:1].isupper() else None
    return isinstance(tree, ast.Module) and name in read_module(tree, location.name, "", True).names
