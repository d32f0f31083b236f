"""The call of ``__init__`` of the base class."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from maskcheck.fixes.changes.methods import list_own
from maskcheck.fixes.changes.writing.blocks import count_head, list_body, with_body


def find_super_call(function: cst.FunctionDef) -> cst.Call | None:
    """Return the call of ``__init__`` of a base class, by super() or by its name."""
    for each in list_calls(function):
        if isinstance(each.func, cst.Attribute) and each.func.attr.value == "__init__":
            return each
    return None


def list_calls(function: cst.FunctionDef) -> Iterator[cst.Call]:
    """Yield the calls in a function, without those in functions inside."""
    return (each for each in list_own(function.body) if isinstance(each, cst.Call))


def add_super_call(function: cst.FunctionDef, statement: cst.BaseStatement) -> cst.FunctionDef:
    """Return an opened function that begins with a call."""
    body, head = list_body(function), count_head(function)
    return with_body(function, [*body[:head], statement, *body[head:]])


def count_until_super(function: cst.FunctionDef) -> int:
    """Return how many statements of an opened function there are up to the call, at least its docstring."""
    call = find_super_call(function)
    body = list_body(function)
    for index, statement in enumerate(body):
        if call is not None and any(each is call for each in list_own(statement)):
            return index + 1
    return count_head(function)
