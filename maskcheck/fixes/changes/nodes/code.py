"""Source text as nodes that take the indentation and the line ends of the module they are put into."""

from __future__ import annotations

import ast
import textwrap

import libcst as cst

_EMPTY = cst.Module([])


def read_statements(code: str) -> list[cst.BaseStatement]:
    """Return the statements of a text that is indented by four spaces."""
    body = cst.parse_module(textwrap.dedent(code).strip("\n") + "\n").body
    return [each for each in body if isinstance(each, cst.BaseStatement)]


def read_function(code: str) -> cst.FunctionDef:
    """Return the function that a text defines.

    Raises:
        ValueError: it defines none.
    """
    for each in read_statements(code):
        if isinstance(each, cst.FunctionDef):
            return each
    raise ValueError(f"no function is defined by {code!r}")


def is_same_code(one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Tell whether two statements or expressions differ in nothing but how they are written."""
    return _normalize(one) == _normalize(other)


def _normalize(node: cst.CSTNode) -> str:
    return ast.unparse(ast.parse(textwrap.dedent(_EMPTY.code_for_node(node)).strip("\n")))
