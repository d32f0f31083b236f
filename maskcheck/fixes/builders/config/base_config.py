"""Edits for what the base class writes and takes."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_entry
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.config.constructor import FreeKeywords, RenameKeywords, TakeKeywords
from maskcheck.fixes.changes.config.keep_key import KeepConfigKey
from maskcheck.fixes.changes.config.other_keys import RemoveConfigKey
from maskcheck.fixes.changes.config.super_config import StartFromSuper
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.config.base_config_lost import BaseConfigLost
from maskcheck.rules.environment.dtype_behaviour_changed import DtypeBehaviourChanged
from maskcheck.source.edits.base_arguments import find_dropped_key, write_constructor, write_super_config

_BASE = ("name", "trainable", "dtype", "activity_regularizer")


def propose_base_config(wanted: Wanted) -> Iterator[Edit]:
    """Have the config begin with what the base class writes, and ``__init__`` hand on what it takes."""
    names = wanted.finding.subjects
    file, owner = wanted.file, wanted.owner
    source = Source(file, owner)
    title = f"Keep {', '.join(names)}"
    dropped = [name for name in names if find_dropped_key(file, owner, name)]
    if dropped:
        yield wanted.edit(title, *(KeepConfigKey(owner, name) for name in dropped))
    fixed = [name for name in names if source.written(name) is not None]
    starts = write_super_config(file, owner) is not None
    takes = [TakeKeywords(owner)] if write_constructor(file, owner) else []
    if starts:
        yield wanted.edit(title, StartFromSuper(owner), *takes)
    elif takes:
        yield wanted.edit(title, *takes)
    if starts and takes:
        yield wanted.edit(title, StartFromSuper(owner))
        yield wanted.edit(title, *takes)
    if fixed and not starts:
        changes: list[Change] = [RemoveConfigKey(owner, name) for name in fixed]
        yield wanted.edit(f"Leave {', '.join(fixed)} to the base class", *changes)
    function = source.method("__init__")
    if function is not None and function.args.kwarg is not None and function.args.kwarg.arg != "kwargs":
        yield wanted.edit("Call the keywords **kwargs, as Keras does", RenameKeywords(owner))
    if source.is_fixed(*_BASE):
        yield wanted.edit(f"Take {', '.join(names)} as an argument", FreeKeywords(owner, _BASE))


def propose_dtype(wanted: Wanted) -> Iterator[Edit]:
    """Write autocast, and leave the dtype as the base class writes it."""
    name = wanted.finding.subject
    if name == "autocast":
        yield from propose_entry(wanted, name)
    elif name == "dtype" and Source(wanted.file, wanted.owner).written(name) is not None:
        yield wanted.edit("Leave dtype to the base class", RemoveConfigKey(wanted.owner, name))


BUILDERS: Builders = {
    BaseConfigLost.code: propose_base_config,
    DtypeBehaviourChanged.code: propose_dtype,
}
