"""Reads the lines that a finding prints: entries of the config, and what to keep for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_KEPT = "# and in __init__: "
_DESERIALIZE = "deserialize_keras_object"


def read_entry(hint: str, key: str) -> str:
    """Return the expression that a hint gives to a key of the config, "" where it has none."""
    for tree in _read_trees(hint):
        for name, value in _list_entries(tree):
            if name == key and _DESERIALIZE not in ast.unparse(value):
                return _write(value)
    return ""


def read_deserialization(hint: str) -> str:
    """Return the function by which a hint deserializes, "" where it does not."""
    for tree in _read_trees(hint):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == _DESERIALIZE:
                return ast.unparse(node.func)
    return ""


def read_kept(hint: str) -> list[tuple[str, str]]:
    """Return the attributes that ``__init__`` is to keep, with their values."""
    found = []
    for line in hint.split("\n"):
        for node in ast.walk(_parse(line.partition(_KEPT)[2]) or ast.Module([], [])):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
                found.append((node.targets[0].attr, _write(node.value)))
    return found


def read_attribute(hint: str) -> tuple[str, str] | None:
    """Return the attribute and the value of a hint that is ``self.x = value``."""
    tree = _parse(hint)
    statement = tree.body[0] if tree and len(tree.body) == 1 else None
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
            return name, _write(value)
    return None


def list_functions(hint: str) -> dict[str, str]:
    """Return the text of each function of a hint by its name, none where it is anything else."""
    tree = _parse(hint)
    body = tree.body if tree else []
    if not all(isinstance(each, ast.FunctionDef) for each in body):
        return {}
    # The text of a function has its decorators only where they are asked for.
    return {each.name: _write(each) for each in body if isinstance(each, ast.FunctionDef)}


def is_code(text: str) -> bool:
    """Tell whether a text is source, and not a sentence."""
    tree = _parse(text)
    return tree is not None and bool(tree.body)


def write_pair(expression: str) -> str:
    """Return the function that reads what an expression serializes, "" where it serializes nothing."""
    tree = ast.parse(expression, mode="eval").body
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Attribute):
        return ""
    name = tree.func.attr
    return f"{ast.unparse(tree.func.value)}.{_DESERIALIZE}" if name == "serialize_keras_object" else ""


def _read_trees(hint: str) -> Iterator[ast.AST]:
    """Yield what a hint and its lines can be read as: statements, entries of a dict, or keywords."""
    for text in (hint, *hint.split("\n")):
        for read in (text, f"{{{text}\n}}", f"dict({text}\n)"):
            tree = _parse(read)
            if tree is not None:
                yield tree


def _list_entries(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("dict", "update"):
            yield from ((each.arg, each.value) for each in node.keywords if each.arg)


def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:
        return None


def _write(node: ast.AST) -> str:
    """Return source text, with double quotes where that is all the same."""
    text = ast.unparse(node)
    return text if '"' in text else text.replace("'", '"')
