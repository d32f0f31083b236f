"""Edits applied to the contents of files."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Edit, FileChange


def apply_edits(
    contents: Mapping[str, bytes], edits: Iterable[Edit], only: Collection[str] | None = None
) -> dict[str, bytes]:
    """Return the contents of files, by path, with edits made in their order; the same change is made once.

    Args:
        contents: of each file that an edit names.
        only: the files in which they are made, all by default.

    Raises:
        CannotChange: an edit has no place in its file, or does not leave Python source.
    """
    found = dict(contents)
    by_file: dict[str, dict[FileChange, None]] = {}
    for edit in edits:
        for change in (each for each in edit.changes if only is None or each.file in only):
            by_file.setdefault(change.file, {})[change] = None
    for file, changes in by_file.items():
        found[file] = _change_file(found[file], changes)
    return found


@lru_cache(maxsize=64)
def _parse(data: bytes) -> cst.Module:
    return cst.parse_module(data)


def _change_file(data: bytes, changes: Iterable[FileChange]) -> bytes:
    try:
        module = _parse(data)
    except cst.ParserSyntaxError as error:
        raise CannotChange(f"its source cannot be parsed: {error.message}") from None
    if module.bytes != data:  # a form feed at its start, or lines that end in nothing but a carriage return
        raise CannotChange("its source cannot be changed without changing other text of it, too")
    for change in changes:
        module = change.change.apply(module)
    changed = module.bytes
    try:
        ast.parse(changed)
    except SyntaxError as error:
        raise CannotChange(f"what comes of it is no Python: {error.msg}") from None
    return changed
