"""Adds statements to the body of a class or function."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.nodes.code import is_same_code


def open_body(node: cst.FunctionDef | cst.ClassDef) -> cst.IndentedBlock:
    """Return the body of a function or class, on lines of its own also where it stands behind the colon."""
    suite = node.body
    if isinstance(suite, cst.IndentedBlock):
        return suite
    assert isinstance(suite, cst.SimpleStatementSuite)
    small = [each.with_changes(semicolon=cst.MaybeSentinel.DEFAULT) for each in suite.body]
    return cst.IndentedBlock(
        [cst.SimpleStatementLine([each]) for each in small], header=suite.trailing_whitespace
    )


def drop_pass(statements: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement]:
    """Return statements without those that only fill a place."""
    return [each for each in statements if not m.matches(each, _FILLER)]


def find_last_place(function: cst.FunctionDef) -> int:
    """Return the place in the body of a function for more lines: before what ends a ``build``."""
    body = open_body(function).body
    place = len(body)
    while place and m.matches(body[place - 1], _CLOSING):
        place -= 1
    return place


def find_place_after_super(function: cst.FunctionDef) -> int:
    """Return the place in the body of a method right behind the call of the base class's, else its end."""
    body = open_body(function).body
    named = m.Call(func=m.Attribute(attr=m.Name(function.name.value)))
    calls = m.SimpleStatementLine([m.Expr(named) | m.Assign(value=named)])
    places = [place for place, each in enumerate(body) if m.matches(each, calls)]
    return places[0] + 1 if places else len(body)


def insert_statements(
    function: cst.FunctionDef, place: int, statements: Sequence[cst.BaseStatement]
) -> cst.FunctionDef:
    """Return a function with more statements at a place of its body, but for those that it has already."""
    block = open_body(function)
    new = [each for each in statements if not any(is_same_code(each, old) for old in block.body)]
    if not new:
        return function
    body = [*drop_pass(block.body[:place]), *new, *drop_pass(block.body[place:])]
    return function.with_changes(body=block.with_changes(body=body))


_FILLER = m.SimpleStatementLine(
    [m.Pass() | m.Expr(m.Ellipsis())],
    trailing_whitespace=m.TrailingWhitespace(comment=None),
)
_CLOSING = m.SimpleStatementLine(
    [
        m.Return(value=None)
        | m.Return(value=m.Name("None"))
        | m.Expr(m.Call(func=m.Attribute(value=m.Call(func=m.Name("super")), attr=m.Name("build"))))
        | m.Assign(
            targets=[m.AssignTarget(m.Attribute(m.Name("self"), m.Name("built")))], value=m.Name("True")
        )
    ]
)
