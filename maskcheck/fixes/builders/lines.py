"""Takes a hint apart: imports to add, and lines for one class or another."""

from __future__ import annotations

import ast

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.imports import AddImport

_OTHER = "# in "


def split_imports(hint: str) -> tuple[list[Change], str]:
    """Return the changes that add the imports above lines of code, and those lines."""
    lines = hint.split("\n")
    imports = [line for line in lines if line.startswith("import ")]
    return [AddImport(line) for line in imports], "\n".join(line for line in lines if line not in imports)


def split_functions(code: str) -> list[str]:
    """Return the text of each statement, such as a function."""
    return [ast.get_source_segment(code, each) or "" for each in ast.parse(code).body]


def split_by_class(hint: str) -> dict[str, str]:
    """Return the lines for each class by its name, "" for the one that a finding is about."""
    found: dict[str, list[str]] = {"": []}
    name = ""
    for line in hint.split("\n"):
        if line.startswith(_OTHER):
            name = line.removeprefix(_OTHER).removesuffix(":")
        else:
            found.setdefault(name, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items() if lines}
