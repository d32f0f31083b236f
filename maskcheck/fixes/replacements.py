"""Edits as lines to be replaced, beside the findings that they mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from maskcheck.fixes.apply import apply_edits
from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Edit
from maskcheck.fixes.fix import Fixes
from maskcheck.fixes.judge import is_same
from maskcheck.model.finding import Finding, Replacement
from maskcheck.model.report import LayerReport, Report
from maskcheck.source.syntax_tree import decode_source


def add_edits(fixes: Fixes) -> Report:
    """Return the report of the scan in which each finding that is mended has the edit that mends it."""
    mended = {each.before.id: each for each in fixes.layers}

    def add(layer: LayerReport) -> LayerReport:
        proved = mended[layer.id].edits if layer.id in mended else ()
        found = {
            id(f): p.edit for p in proved for f in layer.findings if any(is_same(f, o) for o in p.findings)
        }
        return replace(layer, findings=tuple(_add_edit(fixes, f, found.get(id(f))) for f in layer.findings))

    return replace(fixes.report, layers=tuple(map(add, fixes.report.layers)))


def _add_edit(fixes: Fixes, finding: Finding, edit: Edit | None) -> Finding:
    if edit is None:
        return finding
    try:
        edited = apply_edits(fixes.contents, [edit])
    except CannotChange:  # it needs one that is made before it
        return finding
    changed = [(file, data) for file, data in edited.items() if data != fixes.contents[file]]
    edits = [each for file, data in changed for each in list_replacements(fixes.contents[file], data, file)]
    return replace(finding, edits=tuple(edits))


def list_replacements(before: bytes, after: bytes, file: str) -> Iterator[Replacement]:
    """Yield the lines of a file that differ, from the first to the last."""
    old, new = (_split_lines(decode_source(data)) for data in (before, after))
    for kind, first, end, start, stop in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield Replacement(file, first + 1, end, "".join(new[start:stop]))


def _split_lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, which only a newline makes."""
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
