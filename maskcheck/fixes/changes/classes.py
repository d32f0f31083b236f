"""Finds a class in a module, and puts another in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange


def change_class(
    module: cst.Module, qualname: str, change: Callable[[cst.ClassDef], cst.ClassDef]
) -> cst.Module:
    """Return a module in which the class ``qualname`` (such as ``A.B`` or ``make.<locals>.A``) is changed.

    Where several statements define it, the last one is what Python has in the end.

    Raises:
        CannotChange: there is no such class.
    """
    node = get_class(module, qualname)
    changed = change(node)
    if changed is node:
        return module
    # The node goes in as it is, so that what was found in it before is found again.
    return cst.ensure_type(module.deep_replace(node, changed), cst.Module)


def find_class(module: cst.Module, qualname: str) -> cst.ClassDef | None:
    """Return the class ``qualname``, the last one where there are several."""
    finder = _ClassFinder(qualname)
    module.visit(finder)
    return finder.found[-1] if finder.found else None


def get_class(module: cst.Module, qualname: str) -> cst.ClassDef:
    """Return the class ``qualname``, the last one where there are several.

    Raises:
        CannotChange: there is no such class.
    """
    found = find_class(module, qualname)
    if found is None:
        raise CannotChange(f"there is no class {qualname}")
    return found


@dataclass
class _ClassFinder(cst.CSTVisitor):
    qualname: str
    found: list[cst.ClassDef] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._path.append(node.name.value)
        if ".".join(self._path) == self.qualname:
            self.found.append(node)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._path.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._path.extend((node.name.value, "<locals>"))

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        del self._path[-2:]
