"""Finds the lines of the keys of a TOML document; the TOML parser gives values only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from maskcheck.project.toml import TOMLDecodeError, loads

# The path to a value: keys of tables, and indices of arrays.
Path = tuple[str | int, ...]


@lru_cache(maxsize=1)
def key_lines(text: str) -> Mapping[Path, int]:
    """Return the line on which the statement begins that first names each key of a valid document."""
    found: dict[Path, int] = {}
    tables: Counter[Path] = Counter()
    header = ""
    for line, statement in _statements(text.replace("\r\n", "\n")):
        if statement.lstrip().startswith("["):
            header = statement
            if statement.lstrip().startswith("[["):
                tables[_array(loads(statement))] += 1
            paths = _paths(loads(statement), (), tables)
        else:
            paths = _paths(loads(f"{header}\n{statement}"), (), tables)
        for path in paths:
            found.setdefault(path, line)
    return found


def line_of(text: str, path: Path) -> int | None:
    """Return the line of a key, or else of the nearest table that holds it; None where neither is known."""
    known = key_lines(text)
    return next((known[path[:end]] for end in range(len(path), 0, -1) if path[:end] in known), None)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement with its first line: the fewest lines that the parser takes by themselves."""
    lines = text.split("\n")
    start = 0
    for end in range(1, len(lines) + 1):
        statement = "\n".join(lines[start:end])
        try:
            loads(statement)
        except TOMLDecodeError:
            continue
        yield start + 1, statement
        start = end


def _array(header: Any) -> Path:
    """Return the path of the array to which ``[[a.b]]``, parsed by itself, adds a table."""
    path: Path = ()
    while isinstance(header, dict):
        (key,) = header
        header = header[key]
        path = (*path, key)
    return path


def _paths(value: Any, path: Path, tables: Mapping[Path, int]) -> Iterator[Path]:
    """Yield the paths of all that ``value`` holds; tables of an array are counted through the document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key), tables)
    elif isinstance(value, list):
        before = max(tables.get(path, 1) - 1, 0)
        for index, item in enumerate(value, before):
            yield from _paths(item, (*path, index), tables)
