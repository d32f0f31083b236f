"""Entries of the spec that no scanned class answers to: meant for another scan, or wrong."""

from __future__ import annotations

import os
import re
import tokenize
from collections.abc import Iterator, Sequence

from maskcheck.model.case import LayerSpec

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
# ``class Name:`` and ``Name = make_a_class()``.
_DEFINED = re.compile(r"^[ \t]*(?:class[ \t]+)?(\w+)[ \t]*[(:=]", re.MULTILINE)


def unknown_entries(entries: Sequence[LayerSpec], directory: str) -> list[LayerSpec]:
    """Return those of ``entries`` whose class no Python file below ``directory`` defines."""
    missing = {entry.name.rpartition(".")[2] for entry in entries}
    for path in _sources(directory) if missing else ():
        missing -= _defined_names(path)
        if not missing:
            break
    return [entry for entry in entries if entry.name.rpartition(".")[2] in missing]


def _sources(directory: str) -> Iterator[str]:
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))


def _defined_names(path: str) -> frozenset[str]:
    try:
        with tokenize.open(path) as file:
            return frozenset(_DEFINED.findall(file.read()))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return frozenset()
