"""The names that the statement at a line reads, to find the argument that an error is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.source.ast_helpers import dotted
from maskcheck.source.syntax_tree import cached_tree


def paths_read_at(file: str, line: int) -> tuple[str, ...]:
    """Return the names and attribute paths (``units``, ``self.units``) that the statement at ``line`` reads.

    Of an explicit ``raise`` these are also what the tests around it read, nearest
    first. Empty where the file cannot be read.
    """
    chain = _statements_at(file, line)
    if not chain:
        return ()
    innermost = chain[-1]
    parts: list[ast.AST] = [*_own_parts(innermost)]
    if isinstance(innermost, ast.Raise):
        parts = [*(part for outer in chain[-2::-1] for part in _own_parts(outer)), innermost]
    return tuple(dict.fromkeys(path for part in parts for path in _paths_read(part)))


def keys_read_at(file: str, line: int) -> tuple[str, ...]:
    """Return the keys (``config["units"]``, ``config.pop("units")``) that the statement at ``line`` reads."""
    found: dict[str, None] = {}
    for statement in _statements_at(file, line)[-1:]:
        for part in (part for head in _own_parts(statement) for part in ast.walk(head)):
            match part:
                case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Load()):
                    found[key] = None
                case ast.Call(
                    func=ast.Attribute(attr="get" | "pop"), args=[ast.Constant(value=str(key)), *_]
                ):
                    found[key] = None
    return tuple(found)


def _statements_at(file: str, line: int) -> list[ast.stmt]:
    """Return the statements around a line, outermost first; none where the file cannot be read."""
    tree = cached_tree(file)
    return list(_enclosing(tree, line)) if isinstance(tree, ast.Module) else []


def _enclosing(node: ast.AST, line: int) -> Iterator[ast.stmt]:
    """Yield the statements that contain ``line``, outermost first, from the last function inwards."""
    inside = [child for child in _statements(node) if child.lineno <= line <= (child.end_lineno or 0)]
    for child in inside:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        yield from _enclosing(child, line)


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from child.body


def _own_parts(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the parts of a statement that run at its own line: a block's test, not its body."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try):
        return
    blocks = {id(part) for part in _statements(statement)}
    yield from (part for part in ast.iter_child_nodes(statement) if id(part) not in blocks)


def _paths_read(node: ast.AST) -> Iterator[str]:
    waiting = [node]
    while waiting:
        part = waiting.pop(0)
        path = dotted(part) if isinstance(part, ast.Attribute | ast.Name) else None
        if path and isinstance(getattr(part, "ctx", None), ast.Load):
            yield path
        else:
            waiting.extend(ast.iter_child_nodes(part))
