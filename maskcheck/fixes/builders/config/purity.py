"""Edits for a ``get_config`` or ``from_config`` that changes what it should leave alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_kept
from maskcheck.fixes.builders.config.hints import is_code, read_entry
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.changes.config.attributes import LeaveAttribute
from maskcheck.fixes.changes.config.copied import CopyAttribute
from maskcheck.fixes.changes.config.pass_on import PassOnConfig
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from maskcheck.fixes.changes.config.statements import BeginMethod
from maskcheck.fixes.changes.imports import AddImport
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.config.config_impure import ConfigImpure

_GET_CONFIG, _FROM_CONFIG = "get_config", "from_config"


def propose_purity(wanted: Wanted) -> Iterator[Edit]:
    """Copy what is changed, and set nothing in ``get_config``."""
    hint, source = wanted.finding.hint, Source(wanted.file, wanted.owner)
    reader = source.method(_FROM_CONFIG)
    if reader is not None and is_code(hint) and _is_copy(hint):
        parameter = reader.args.args[1].arg if len(reader.args.args) > 1 else "config"
        yield wanted.edit(
            "Leave the config that is given as it is",
            BeginMethod(wanted.owner, _FROM_CONFIG, f"{parameter} = dict({parameter})"),
        )
        return
    for name in wanted.finding.subjects:
        yield from _leave_alone(wanted, source, name)


def _leave_alone(wanted: Wanted, source: Source, name: str) -> Iterator[Edit]:
    entry = read_entry(wanted.finding.hint, name)
    title = f"Leave {name} as it is"
    if entry:
        imports = [AddImport("import copy")] if entry.startswith("copy.") else []
        yield wanted.edit(f"Write a copy of {name}", *imports, SetConfigEntry(wanted.owner, name, entry))
    elif any(attribute == name for attribute, _ in source.assigned(_GET_CONFIG)):
        yield wanted.edit(title, LeaveAttribute(wanted.owner, name, _GET_CONFIG))
    elif _returns(source, name):
        copy = CopyAttribute(wanted.owner, _GET_CONFIG, name, "config")
        yield wanted.edit(title, copy)
        if source.method(_FROM_CONFIG):
            # What stood in the dict beside the arguments reached from_config in no copy.
            yield wanted.edit(f"{title}, and pass the whole config on", copy, PassOnConfig(wanted.owner))
    else:
        yield from propose_kept(wanted, name)


def _is_copy(hint: str) -> bool:
    match ast.parse(hint).body:
        case [ast.Assign(value=ast.Call(func=ast.Name(id="dict")))]:
            return True
    return False


def _returns(source: Source, name: str) -> bool:
    function = source.method(_GET_CONFIG)
    returned = [each for each in ast.walk(function) if isinstance(each, ast.Return)] if function else []
    return any(each.value is not None and ast.unparse(each.value) == f"self.{name}" for each in returned)


BUILDERS: Builders = {ConfigImpure.code: propose_purity}
