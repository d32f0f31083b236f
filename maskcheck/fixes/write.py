"""Writes edited files, each as a whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from maskcheck.errors import UsageError
from maskcheck.fixes.git import has_uncommitted_changes
from maskcheck.report.file import replace_file


def check_files(before: Mapping[str, bytes], after: Mapping[str, bytes], *, force: bool) -> None:
    """See that every file that is to be written is as it was read, and, without ``force``, kept by git.

    Raises:
        UsageError: one changed meanwhile, cannot be written, or has changes that git does not have.
    """
    for file in list_changed(before, after):
        try:
            with open(file, "r+b") as stream:
                now = stream.read()
        except OSError as error:
            raise UsageError(f"{file} cannot be written: {error.strerror}") from None
        if now != before[file]:
            raise UsageError(f"{file} changed while its layers were checked", hint="run maskcheck fix again")
    dirty = [] if force else [file for file in list_changed(before, after) if has_uncommitted_changes(file)]
    if dirty:
        hint = "commit it first, or write it all the same with --force"
        raise UsageError(f"{dirty[0]} has changes that git does not have", hint=hint)


def write_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the files that differ, and return their paths.

    Raises:
        UsageError: one cannot be written; says which are written already.
    """
    written: list[str] = []
    for file in list_changed(before, after):
        try:
            replace_file(file, after[file])
        except OSError as error:
            done = f"; written are {', '.join(written)}" if written else ""
            raise UsageError(f"{file} cannot be written: {error.strerror}{done}") from None
        written.append(file)
    return tuple(written)


def list_changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the paths of the files that differ, sorted."""
    return tuple(sorted(file for file, data in after.items() if data != before[file]))
