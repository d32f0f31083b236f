"""Adds statements to methods, and takes them away."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import change_method, write_code
from maskcheck.fixes.changes.writing.blocks import (
    count_head,
    list_body,
    open_block,
    parse_statement,
    with_body,
)


@dataclass(frozen=True)
class BeginMethod(Change):
    """Begin a method with a statement, as ``config = dict(config)``."""

    owner: str
    method: str
    statement: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the statement below the docstring of the method.

        Raises:
            CannotChange: there is no such method.
        """
        new = parse_statement(self.statement)

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            if any(is_same(each, new) for each in method.body.body):
                return method
            method = open_block(method)
            body, head = list_body(method), count_head(method)
            return with_body(method, [*body[:head], new, *body[head:]])

        return change_method(module, self.owner, self.method, change)


@dataclass(frozen=True)
class ReturnValue(Change):
    """Return a value at the end of a method that returns nothing."""

    owner: str
    method: str
    expression: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the return statement, in place of the last statement if that is the value.

        Raises:
            CannotChange: there is no such method.
        """
        new = parse_statement(f"return {self.expression}")

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            body = list_body(open_block(method))
            last = body[-1]
            if is_same(last, new):
                return method
            if is_same(last, parse_statement(self.expression)) and isinstance(last, cst.SimpleStatementLine):
                value = last.body[-1].value  # type: ignore[attr-defined]
                body[-1] = last.with_changes(body=[*last.body[:-1], cst.Return(value)])
            else:
                body.append(new)
            return with_body(open_block(method), body)

        return change_method(module, self.owner, self.method, change)


def is_same(statement: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Tell whether two statements have the same text, whatever is said of them."""
    if isinstance(statement, cst.SimpleStatementLine) and isinstance(other, cst.SimpleStatementLine):
        return [write_code(each) for each in statement.body] == [write_code(each) for each in other.body]
    return _write_bare(statement) == _write_bare(other)


def _write_bare(statement: cst.CSTNode) -> str:
    marked = hasattr(statement, "leading_lines")
    return write_code(statement.with_changes(leading_lines=()) if marked else statement)
