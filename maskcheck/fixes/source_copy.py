"""A copy of the user's source in which edits are tried; what is not edited is a link."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maskcheck.model.target import World
from maskcheck.source.modules.targets import TargetModules, find_target

# A copy has bytecode of its own, or none.
_LEFT_OUT = frozenset({"__pycache__"})


@dataclass(frozen=True)
class SourceTree:
    """The user's source: ``roots`` are the directories that modules are imported from.

    ``packages`` are the names of files and folders in each root that may be edited, by root.
    """

    roots: tuple[str, ...]
    packages: Mapping[str, frozenset[str]]

    def owns(self, file: str) -> bool:
        """Tell whether a file belongs to what may be edited."""
        root = self._root_of(file)
        return root is not None and os.path.relpath(file, root).split(os.sep)[0] in self.packages[root]

    def _root_of(self, file: str) -> str | None:
        within = (root for root in self.roots if os.path.commonpath((root, file)) == root)
        return max(within, key=len, default=None)

    def place(self, file: str, folder: str) -> str:
        """Return where a file of the user's lies in the copy that ``folder`` holds."""
        root = self._root_of(file)
        if root is None:
            return file
        return os.path.join(folder, str(self.roots.index(root)), os.path.relpath(file, root))

    def original(self, file: str, folder: str) -> str:
        """Return the file of the user's that lies at ``file`` in the copy; any other file as it is."""
        if os.path.commonpath((folder, file)) != folder or file == folder:
            return file
        number, _, rest = os.path.relpath(file, folder).partition(os.sep)
        return os.path.join(self.roots[int(number)], rest)

    def copy(self, folder: str, contents: Mapping[str, bytes]) -> None:
        """Make a copy in an empty folder, in which some files, by their own paths, have other contents.

        Raises:
            OSError: it cannot be written.
        """
        for number, root in enumerate(self.roots):
            target = os.path.join(folder, str(number))
            os.mkdir(target)
            edited = {file: data for file, data in contents.items() if self._root_of(file) == root}
            for name in sorted(self.packages[root]):
                _copy_entry(os.path.join(root, name), os.path.join(target, name), edited)


def _copy_entry(source: str, target: str, contents: Mapping[str, bytes]) -> None:
    if source in contents:
        with open(target, "wb") as file:
            file.write(contents[source])
    elif any(os.path.commonpath((source, file)) == source for file in contents):
        os.mkdir(target)
        for name in sorted(os.listdir(source)):
            if name not in _LEFT_OUT:
                _copy_entry(os.path.join(source, name), os.path.join(target, name), contents)
    else:
        os.symlink(source, target)


def find_tree(worlds: Iterable[World]) -> SourceTree:
    """Return the tree that holds the modules of a scan."""
    packages: dict[str, frozenset[str]] = {}
    for world in worlds:
        for module in world.modules:
            root = _find_root(module.name, module.file, is_package=module.is_package)
            top = os.path.relpath(module.file, root).split(os.sep)[0]
            packages[root] = packages.get(root, frozenset()) | {top}
    return SourceTree(tuple(packages), packages)


def _find_root(name: str, file: str, *, is_package: bool) -> str:
    """Return the directory from which a module of this name and file is imported."""
    parts = name.count(".") + 1 + is_package
    root = file
    for _ in range(parts):
        root = os.path.dirname(root)
    return root


def copy_targets(targets: Iterable[str], directory: str, tree: SourceTree, folder: str) -> tuple[str, ...]:
    """Return the targets of a scan as paths in the copy that ``folder`` holds.

    Raises:
        UsageError: a target names nothing.
    """
    found = []
    for target in targets:
        for selection in find_target(target, directory):
            place = tree.place(_find_place(selection), folder)
            found.append(f"{place}:{selection.cls}" if selection.cls else place)
    return tuple(dict.fromkeys(found))


def _find_place(selection: TargetModules) -> str:
    """Return the file of one module, or the folder of a package."""
    first, *others = selection.modules
    if selection.cls or not (others or first.is_package):
        return first.file
    return os.path.commonpath([os.path.dirname(module.file) for module in selection.modules])
