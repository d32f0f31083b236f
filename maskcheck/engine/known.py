"""Entries of the spec that no scanned class answers to: meant for another scan, or wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from maskcheck.model.case import LayerSpec

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
_CLASS = re.compile(rb"^[ \t]*class[ \t]+(\w+)", re.MULTILINE)


def unknown_entries(entries: Sequence[LayerSpec], directory: str) -> list[LayerSpec]:
    """Return those of ``entries`` whose class no Python file below ``directory`` defines."""
    missing = {entry.name.rpartition(".")[2] for entry in entries}
    for path in _sources(directory) if missing else ():
        missing -= _classes(path)
        if not missing:
            break
    return [entry for entry in entries if entry.name.rpartition(".")[2] in missing]


def _sources(directory: str) -> Iterator[str]:
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))


def _classes(path: str) -> frozenset[str]:
    try:
        with open(path, "rb") as file:
            return frozenset(name.decode("utf-8", "replace") for name in _CLASS.findall(file.read()))
    except OSError:
        return frozenset()
