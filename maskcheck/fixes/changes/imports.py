"""Adds an import to a module."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import write_code
from maskcheck.fixes.changes.nodes.code import is_same_code, read_statements

_Import = cst.Import | cst.ImportFrom


@dataclass(frozen=True)
class AddImport(Change):
    """Writes an import among those at the top of a module, in the order in which they usually stand."""

    code: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it, unless the module has the same one."""
        (new,) = read_statements(self.code)
        body = list(module.body)
        code = [index for index, each in enumerate(body) if isinstance(each, cst.FunctionDef | cst.ClassDef)]
        found = {index: each for index, each in enumerate(body) if _read_import(each) is not None}
        if any(is_same_code(new, each) for each in found.values()):
            return module
        keys = {
            index: _sort_key(each) for index, each in found.items() if index < min(code, default=len(body))
        }
        key = _sort_key(new)
        before = [index for index, other in keys.items() if other < key]
        place = max(before) + 1 if before else min(keys) if keys else _count_docstring(module)
        same = [index for index, other in keys.items() if other[0] == key[0]]
        first = bool(same) and place == min(same)
        return _insert(module, place, new, alone=not same, first=first)


def _insert(
    module: cst.Module, place: int, new: cst.BaseStatement, *, alone: bool, first: bool
) -> cst.Module:
    """Return a module with a statement: between empty lines if it stands alone, else among its kind."""
    body = list(module.body)
    empty = cst.EmptyLine(indent=False)
    if alone and place:
        new = new.with_changes(leading_lines=[empty])
    if place < len(body) and (alone or first):
        lines = list(body[place].leading_lines)
        if alone and (not lines or lines[0].comment is not None):
            body[place] = body[place].with_changes(leading_lines=[empty, *lines])
        elif first:
            # What stands above the first of its kind stays above all of them.
            new = new.with_changes(leading_lines=lines)
            body[place] = body[place].with_changes(leading_lines=())
    return module.with_changes(body=[*body[:place], new, *body[place:]])


def _count_docstring(module: cst.Module) -> int:
    return 1 if module.get_docstring() is not None else 0


def _sort_key(statement: cst.CSTNode) -> tuple[int, int, str]:
    """Return the order of imports: __future__, the standard library, others, those of the own package."""
    node = _read_import(statement)
    if isinstance(node, cst.Import):
        name = write_code(node.names[0].name)
        return _rank(name), 0, name
    if not isinstance(node, cst.ImportFrom):
        return 0, 0, ""
    name = write_code(node.module) if node.module else ""
    return 3 if node.relative else _rank(name), 1, name


def _rank(name: str) -> int:
    root = name.partition(".")[0]
    return 0 if root == "__future__" else 1 if root in sys.stdlib_module_names else 2


def _read_import(statement: cst.CSTNode) -> _Import | None:
    if isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        small = statement.body[0]
        return small if isinstance(small, cst.Import | cst.ImportFrom) else None
    return None
