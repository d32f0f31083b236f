"""Reads the comments of source text, and finds the class that each is about."""

from __future__ import annotations

import ast
import io
import tokenize
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_LAYOUT = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


@dataclass(frozen=True)
class ClassSpan:
    """The lines of a class: that of its first decorator, its own and its last, and the column of the first.

    Its name is that inside its module, as "Outer.Inner" or "make.Inner".
    """

    name: str
    first: int
    line: int
    last: int
    column: int


@dataclass(frozen=True)
class Comment:
    """One comment; ``column`` counts from 0. ``owner`` is the class it is about, if there is one."""

    text: str
    line: int
    column: int
    owner: ClassSpan | None


def read_comments(text: str, tree: ast.Module) -> Iterator[Comment]:
    """Yield the comments of a module in their order.

    A comment is about the innermost class that it stands in, or right above.
    """
    spans = list(_class_spans(tree, ""))
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    code = sorted({line for t in tokens if t.type not in _LAYOUT for line in range(t.start[0], t.end[0] + 1)})
    for token in tokens:
        if token.type == tokenize.COMMENT:
            line, column = token.start
            yield Comment(
                token.string, line, column, _find_owner(line, column, spans, code, text.splitlines())
            )


def _class_spans(node: ast.AST, outer: str) -> Iterator[ClassSpan]:
    for child in ast.iter_child_nodes(node):
        name = outer
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{outer}.{child.name}".lstrip(".")
        if isinstance(child, ast.ClassDef):
            first = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
            yield ClassSpan(name, first, child.lineno, child.end_lineno or child.lineno, child.col_offset)
        yield from _class_spans(child, name)


def _find_owner(
    line: int, column: int, spans: list[ClassSpan], code: list[int], lines: list[str]
) -> ClassSpan | None:
    place = bisect_left(code, line)
    after = code[place] if place < len(code) else len(lines) + 1
    if after == line:
        return _innermost([span for span in spans if span.first <= line <= span.last])
    below = [span for span in spans if span.first == after and span.column == column]
    if below and all(lines[number - 1].strip() for number in range(line, after)):
        return _innermost(below)
    before = code[bisect_right(code, line) - 1] if place else 0
    # At the end of a body only the indent tells what a comment belongs to.
    return _innermost(
        [
            span
            for span in spans
            if span.first <= before <= span.last and (after <= span.last or column > span.column)
        ]
    )


def _innermost(spans: list[ClassSpan]) -> ClassSpan | None:
    return max(spans, key=lambda span: span.first, default=None)
