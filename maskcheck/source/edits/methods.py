"""Where a class and its methods stand in their file, and the line to write for a missing config key."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from keyword import iskeyword

from maskcheck.source.ast_helpers import methods
from maskcheck.source.edits.insertion import Insertion, find_insertion
from maskcheck.source.syntax_tree import read_class, read_method

_NEW_METHOD = (
    "def get_config(self):\n    config = super().get_config()\n    config.update({",
    "})\n    return config",
)


@dataclass(frozen=True)
class MethodSource:
    """One method; ``line`` is that of its ``def``, decorators come before."""

    name: str
    line: int
    end_line: int


@dataclass(frozen=True)
class ClassSource:
    """One class statement, its own methods, and where a config key would be added.

    ``write_line`` is the line in ``get_config`` to write at, or the last line of a
    class that has none. ``config_variable`` is the dict that ``get_config`` builds,
    None where it returns one without naming it.
    """

    line: int
    methods: Mapping[str, MethodSource]
    insertion: Insertion

    @property
    def write_line(self) -> int:
        """The line at which a key should be added."""
        return self.insertion.line

    @property
    def config_variable(self) -> str | None:
        """The name of the dict that ``get_config`` builds."""
        return self.insertion.variable


def class_source(file: str, qualname: str) -> ClassSource | None:
    """Read where the class ``qualname`` and its methods stand in ``file``.

    Args:
        file: path of the source file.
        qualname: name inside the module, such as ``A``, ``A.B`` or ``make.<locals>.A``.

    Returns:
        What the class statement shows, or None when the file cannot be parsed or
        holds no such class.
    """
    node = read_class(file, qualname)
    if node is None:
        return None
    own = methods(node)
    found = {name: MethodSource(name, method.lineno, _end_line(method)) for name, method in own.items()}
    missing = Insertion(_end_line(node), "config", *_NEW_METHOD)
    insertion = find_insertion(own["get_config"]) if "get_config" in own else missing
    return ClassSource(node.lineno, found, insertion)


def hint_for_key(source: ClassSource, key: str, expression: str) -> str:
    """Return what to write so that ``get_config`` holds ``key``.

    Args:
        source: the class whose ``get_config`` lacks the key.
        key: the config key, usually the name of the constructor argument.
        expression: what its value is, such as ``self.units``.

    Returns:
        One line (a statement, or an entry of the dict) in the style of the method,
        or the text of a whole ``get_config`` where the class has none.
    """
    insertion = source.insertion
    entry = f"{json.dumps(key, ensure_ascii=False)}: {expression}"
    if insertion.keyword:
        named = key.isidentifier() and not iskeyword(key)
        entry = f"{key}={expression}" if named else f"**{{{entry}}}"
    return f"{insertion.before}{entry}{insertion.after}"


def read_body(file: str, qualname: str, method: str) -> str:
    """Return the statements of a method without its docstring and comments, "" where there are none."""
    function = read_method(file, qualname, method)
    if function is None:
        return ""
    body = function.body[ast.get_docstring(function) is not None :]
    return "".join(f"{ast.unparse(statement)}\n" for statement in body)


def _end_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno
