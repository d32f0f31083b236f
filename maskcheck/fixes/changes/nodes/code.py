"""Source text as nodes that take the indentation and the line ends of the module they are put into."""

from __future__ import annotations

import ast
import textwrap

import libcst as cst

_EMPTY = cst.Module([])
# How long a line may be, with two levels of indentation.
_LONGEST = 100 - 8


def is_long(text: str) -> bool:
    """Tell whether a statement of a method is long for one line."""
    return len(text) > _LONGEST


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


def break_call(call: cst.Call, unit: str) -> cst.Call:
    """Return a call with its arguments on a line of their own, indented by ``unit``."""
    begin = cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(unit))
    end = cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(""))
    *others, last = call.args
    args = [*others, last.with_changes(whitespace_after_arg=end)]
    return call.with_changes(whitespace_before_args=begin, args=args)


def _normalize(node: cst.CSTNode) -> str:
    return ast.unparse(ast.parse(textwrap.dedent(_EMPTY.code_for_node(node)).strip("\n")))
