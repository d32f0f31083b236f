"""Edits for arguments that the config lacks, or has with another value."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_entry, propose_kept
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.changes.config.pass_on import PassOnConfig
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from maskcheck.fixes.changes.config.statements import BeginMethod
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.config.argument_altered import ArgumentAltered
from maskcheck.rules.config.argument_missing import ArgumentMissing

_PASSED_ON = "return cls(**config)"


def propose_missing(wanted: Wanted) -> Iterator[Edit]:
    """Write the argument to the config."""
    yield from propose_entry(wanted, wanted.finding.subject)


def propose_altered(wanted: Wanted) -> Iterator[Edit]:
    """Write the argument as it was given."""
    source = Source(wanted.file, wanted.owner)
    names = wanted.finding.subjects
    if len(names) > 1:
        yield from _unswap(wanted, names)
        return
    if wanted.finding.hint == _PASSED_ON:
        if source.method("from_config"):
            yield wanted.edit("Pass the whole config on", PassOnConfig(wanted.owner))
        return
    if source.method("get_config") is None and source.kept(names[0]):
        # The automatic config has the very list that was given, and what __init__ does to it.
        copy = "dict" if wanted.finding.before.startswith("{") else "list"
        yield wanted.edit(
            f"Leave the {names[0]} that is given as it is",
            BeginMethod(wanted.owner, "__init__", f"{names[0]} = {copy}({names[0]})"),
        )
    yield from propose_entry(wanted, names[0])


def _unswap(wanted: Wanted, names: tuple[str, ...]) -> Iterator[Edit]:
    source = Source(wanted.file, wanted.owner)
    init = source.defining("__init__") or source
    kept = {name: init.kept(name) for name in names}
    if all(kept.values()):
        changes = [SetConfigEntry(wanted.owner, name, f"self.{kept[name]}") for name in names]
        yield wanted.edit(f"Write {' and '.join(names)} as they were given", *changes)
    for name in names if not all(kept.values()) else ():
        yield from propose_kept(wanted, name)


BUILDERS: Builders = {
    ArgumentMissing.code: propose_missing,
    ArgumentAltered.code: propose_altered,
}
