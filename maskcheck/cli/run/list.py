"""Lists the layers of targets for ``maskcheck list``, as text or JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.text import Text

from maskcheck.engine.unmatched import find_unknown_entries
from maskcheck.errors import NothingToCheck
from maskcheck.model.case import Spec, Subject
from maskcheck.model.target import ModuleFile
from maskcheck.report.counts import count_noun
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.tables import align_columns
from maskcheck.source.modules.discovery import discover
from maskcheck.specfile.read.find import find_spec
from maskcheck.specfile.read.load import load_spec
from maskcheck.specfile.read.match import make_unknown_class_error, match_spec


@dataclass(frozen=True)
class ListedLayer:
    """One subject, the ids of its cases in the spec, and why it is skipped ("" if it is not)."""

    subject: Subject
    cases: tuple[str, ...]
    skip: str


@dataclass(frozen=True)
class Listing:
    """All subjects of the targets by file and line, and the modules that cannot be read."""

    spec: str | None
    layers: tuple[ListedLayer, ...]
    unread: tuple[ModuleFile, ...]


def list_layers(targets: tuple[str, ...], *, directory: str, spec: str | None, imported: bool) -> Listing:
    """Find what a scan of ``targets`` would check.

    Raises:
        UsageError: a target names nothing.
        SpecError: the spec is wrong, or names a class that is nowhere.
        NothingToCheck: the targets hold no layer.
    """
    worlds = discover(targets, directory, imported)
    path = spec or find_spec(directory)
    known = load_spec(path) if path else Spec()
    subjects = [subject for world in worlds for subject in world.subjects]
    entries, unmatched = match_spec(known, subjects)
    narrowed = any(world.only for world in worlds)
    files = [module.file for world in worlds for module in world.modules]
    unknown = find_unknown_entries(unmatched, os.path.dirname(os.path.abspath(path)), files) if path else []
    if unknown and not narrowed:
        raise make_unknown_class_error(unknown[0], subjects)
    unread = tuple(module for world in worlds for module in world.modules if module.error)
    if not subjects and not unread:
        raise NothingToCheck(f"no Keras layer is defined in {', '.join(targets)}")
    layers = []
    for subject in sorted(subjects, key=lambda each: (each.file, each.line)):
        entry = entries.get(subject.id)
        cases = tuple(case.id for case in entry.cases) if entry else ()
        skip = (entry.skip if entry else None) or ("" if cases else subject.skip) or ""
        layers.append(ListedLayer(subject, cases, skip))
    return Listing(path, tuple(layers), unread)


def listing_lines(listing: Listing) -> Iterator[Line]:
    """Yield the listing for people, grouped by file."""
    for file, group in groupby(listing.layers, key=lambda each: each.subject.file):
        yield Line(Text(escape_text(shorten_path(file)), "bold"))
        rows = [
            (escape_text(each.subject.qualname), f"line {each.subject.line}", _state(each)) for each in group
        ]
        yield from (Line(Text(row), 2) for row in align_columns(rows))
        yield Line(Text())
    for module in listing.unread:
        error = module.error
        assert error is not None, "only modules with an error are unread"
        yield Line(Text(escape_text(shorten_path(module.file)), "bold"))
        yield Line(Text(f"cannot be read: {escape_text(error.message)}", "red"), 2)
        yield Line(Text())
    spec = shorten_path(listing.spec) if listing.spec else "no spec"
    total = count_noun(len(listing.layers), "layer")
    yield Line(Text(f"{total}: {', '.join(_counts(listing))} ({escape_text(spec)})"))


def to_document(listing: Listing) -> dict[str, Any]:
    """Return the listing as plain data for JSON."""
    return {
        "schema": "maskcheck-list/1",
        "spec": listing.spec and shorten_path(listing.spec),
        "layers": [
            {
                "id": each.subject.id,
                "file": shorten_path(each.subject.file),
                "line": each.subject.line,
                "cases": list(each.cases),
                "skip": each.skip or None,
            }
            for each in listing.layers
        ],
        "unread": [
            {
                "module": module.name,
                "file": shorten_path(module.file),
                "error": module.error and module.error.message,
            }
            for module in listing.unread
        ],
    }


def _state(listed: ListedLayer) -> str:
    if listed.skip:
        return f"skipped: {escape_text(listed.skip)}"
    if not listed.cases:
        return "no case"
    noun = "case" if len(listed.cases) == 1 else "cases"
    return f"{noun} {', '.join(map(escape_text, listed.cases))}"


def _counts(listing: Listing) -> Iterator[str]:
    skipped = sum(bool(each.skip) for each in listing.layers)
    ready = sum(bool(each.cases) and not each.skip for each in listing.layers)
    yield f"{ready} with cases"
    yield f"{len(listing.layers) - ready - skipped} without"
    yield f"{skipped} skipped"
