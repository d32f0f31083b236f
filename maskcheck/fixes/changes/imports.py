"""Adds an import to a module."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import write_code
from maskcheck.fixes.changes.nodes.code import is_same_code, read_statements


@dataclass(frozen=True)
class AddImport(Change):
    """Writes an import below those at the top of a module, before those of its own package."""

    code: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it, unless the module has the same one."""
        (new,) = read_statements(self.code)
        if any(is_same_code(new, each) for each in module.body):
            return module
        place = _find_place(module, self.code.split()[1])
        body = [*module.body]
        if not place and body:
            body[0] = body[0].with_changes(leading_lines=[cst.EmptyLine(), *_lines_above(body[0])])
        elif place == len(body) or not any(m.matches(each, _IMPORT) for each in body[place - 1 : place + 1]):
            new = new.with_changes(leading_lines=[cst.EmptyLine()])
        return module.with_changes(body=[*body[:place], new, *body[place:]])


def _lines_above(statement: cst.SimpleStatementLine | cst.BaseCompoundStatement) -> list[cst.EmptyLine]:
    lines = getattr(statement, "leading_lines", ())
    return [each for each in lines if isinstance(each, cst.EmptyLine)]


def _find_place(module: cst.Module, package: str) -> int:
    """Return the place above what is imported from a package, else below the imports at the top.

    Imports from the module's own package stay below.
    """
    place = 0
    for index, each in enumerate(module.body):
        if m.matches(each, _DOCSTRING) and not index:
            place = 1
        elif _is_relative(each) or _imports_from(each, package):
            return index
        elif m.matches(each, _IMPORT):
            place = index + 1
        elif not isinstance(each, cst.SimpleStatementLine):
            break
    return place


def _imports_from(statement: cst.CSTNode, package: str) -> bool:
    """Tell whether a statement imports parts of a package."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    modules = [each.module for each in statement.body if isinstance(each, cst.ImportFrom) and each.module]
    return any(write_code(each).split(".")[0] == package for each in modules)


def _is_relative(statement: cst.CSTNode) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    return any(isinstance(each, cst.ImportFrom) and each.relative for each in statement.body)


_IMPORT = m.SimpleStatementLine([m.Import() | m.ImportFrom()])
_DOCSTRING = m.SimpleStatementLine([m.Expr(m.SimpleString())])
