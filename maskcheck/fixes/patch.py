"""Edits as unified diffs, which git applies."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping

_NO_NEWLINE = b"\\ No newline at end of file\n"


def write_diff(before: bytes, after: bytes, name: str) -> bytes:
    """Return the difference of two contents of a file as git writes it, b"" where there is none.

    Args:
        name: the path of the file, relative to where the patch is to be applied, with forward slashes.
    """
    path = name.encode("utf-8", "surrogateescape")
    lines = difflib.diff_bytes(
        difflib.unified_diff, _split(before), _split(after), b"a/" + path, b"b/" + path, lineterm=b"\n"
    )
    return b"".join(line if line.endswith(b"\n") else line + b"\n" + _NO_NEWLINE for line in lines)


def write_patch(before: Mapping[str, bytes], after: Mapping[str, bytes], directory: str) -> bytes:
    """Return the differences of several files, by their absolute paths, as one patch.

    Args:
        directory: where the patch is to be applied.
    """
    return b"".join(_write_patches(before, after, directory))


def _write_patches(
    before: Mapping[str, bytes], after: Mapping[str, bytes], directory: str
) -> Iterator[bytes]:
    for file in sorted(after):
        name = os.path.relpath(file, directory).replace(os.sep, "/")
        diff = write_diff(before[file], after[file], name)
        if diff:
            path = name.encode("utf-8", "surrogateescape")
            yield b"diff --git a/" + path + b" b/" + path + b"\n" + diff


def _split(data: bytes) -> list[bytes]:
    """Return the lines of a file with their endings; other characters than newline end no line for git."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [
        last for last in data.split(b"\n")[-1:] if last
    ]
