"""The statements of a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst


@dataclass(frozen=True)
class Placed:
    """A small statement, the line it stands in (None in ``if x: y``), and whether it runs always."""

    small: cst.BaseSmallStatement
    line: cst.SimpleStatementLine | None
    always: bool


def open_block(function: cst.FunctionDef) -> cst.FunctionDef:
    """Return a function whose body stands on lines of its own."""
    if isinstance(function.body, cst.IndentedBlock):
        return function
    bare = [each.with_changes(semicolon=cst.MaybeSentinel.DEFAULT) for each in function.body.body]
    lines = [cst.SimpleStatementLine([small]) for small in bare]  # type: ignore[list-item]
    return function.with_changes(body=cst.IndentedBlock(lines))


def list_body(function: cst.FunctionDef) -> list[Any]:
    """Return the statements of an opened function, docstring included."""
    return list(function.body.body)


def with_body(function: cst.FunctionDef, statements: Sequence[cst.BaseStatement]) -> cst.FunctionDef:
    """Return an opened function with other statements."""
    return function.with_changes(body=function.body.with_changes(body=statements))


def count_head(function: cst.FunctionDef) -> int:
    """Return how many statements come before the code of an opened function: its docstring, or none."""
    return 1 if function.get_docstring() is not None else 0


def list_small(function: cst.FunctionDef) -> list[Placed]:
    """Return the small statements of a function in source order, without those of functions inside."""
    return list(_list_in_block(function.body, always=True))


def drop_statement(placed: Placed) -> tuple[cst.CSTNode, cst.RemovalSentinel]:
    """Return the node to remove so that a small statement is gone; what is left empty becomes ``pass``."""
    alone = placed.line is not None and len(placed.line.body) == 1
    return placed.line if alone and placed.line else placed.small, cst.RemovalSentinel.REMOVE


def parse_statement(text: str) -> Any:
    """Return a statement that takes the indentation and line ends of where it is put."""
    return cst.parse_module(text).body[0]


def _list_in_block(block: cst.BaseSuite, *, always: bool) -> Iterator[Placed]:
    for statement in block.body:
        if isinstance(statement, cst.BaseSmallStatement):
            yield Placed(statement, None, always)
        elif isinstance(statement, cst.SimpleStatementLine):
            yield from (Placed(small, statement, always) for small in statement.body)
        elif not isinstance(statement, cst.FunctionDef | cst.ClassDef):
            # What a with statement holds runs as always as the statement itself.
            inner = always and isinstance(statement, cst.With)
            for each in _list_blocks(statement):
                yield from _list_in_block(each, always=inner)


def _list_blocks(node: cst.CSTNode) -> Iterator[cst.BaseSuite]:
    for child in node.children:
        if isinstance(child, cst.BaseSuite):
            yield child
        elif isinstance(child, cst.If | cst.Else | cst.ExceptHandler | cst.Finally | cst.MatchCase):
            yield from _list_blocks(child)
