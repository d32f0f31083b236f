"""The builders for findings on the config."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builder, Builders
from maskcheck.fixes.builders.config import (
    arguments,
    base_config,
    passing,
    plain_values,
    purity,
    rejected,
)
from maskcheck.fixes.edit import Edit, FileChange, Wanted

_ALL: Builders = {
    **arguments.BUILDERS,
    **base_config.BUILDERS,
    **passing.BUILDERS,
    **plain_values.BUILDERS,
    **purity.BUILDERS,
    **rejected.BUILDERS,
}


def _drop_repeated(propose: Builder) -> Builder:
    """Return a builder that proposes the same changes only once."""

    def propose_once(wanted: Wanted) -> Iterator[Edit]:
        known: set[tuple[FileChange, ...]] = set()
        for edit in propose(wanted):
            if edit.changes not in known:
                known.add(edit.changes)
                yield edit

    return propose_once


BUILDERS: Builders = {code: _drop_repeated(propose) for code, propose in _ALL.items()}
