"""The method of a class that a line of source text stands in."""

from __future__ import annotations

import ast

from maskcheck.source.syntax_tree import cached_tree


def find_method_at(file: str, line: int) -> str:
    """Return the innermost method around a line as "Class.method", "" where there is none."""
    tree = cached_tree(file)
    found = [
        (method.lineno, f"{owner.name}.{method.name}")
        for owner in (ast.walk(tree) if isinstance(tree, ast.Module) else ())
        if isinstance(owner, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        and method.lineno <= line <= (method.end_lineno or method.lineno)
    ]
    return max(found, default=(0, ""))[1]
