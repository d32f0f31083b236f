"""Edits for a ``from_config`` that leaves out keys, or makes another class."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_pair
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.changes.class_body import RemoveMethod
from maskcheck.fixes.changes.config.other_keys import RenameConfigKey
from maskcheck.fixes.changes.config.pass_on import PassOnConfig
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.config.class_degraded import ClassDegraded
from maskcheck.rules.config.config_ignored import ConfigIgnored


def propose_passing(wanted: Wanted) -> Iterator[Edit]:
    """Pass the whole config on, under the names of the arguments."""
    key = _read_other_key(wanted.finding.hint)
    if key:
        name = wanted.finding.subject
        yield wanted.edit(f"Write {name} under its own name", RenameConfigKey(wanted.owner, key, name))
    elif Source(wanted.file, wanted.owner).method("from_config"):
        yield wanted.edit("Pass the whole config on", PassOnConfig(wanted.owner))
        left = RemoveMethod(wanted.owner, "from_config")
        yield wanted.edit("Leave from_config to the base class", left, safe=False)


def propose_own_class(wanted: Wanted) -> Iterator[Edit]:
    """Make an object of its own class, of the layer or of what it holds."""
    name = wanted.finding.subject
    if name == wanted.subject.name:
        if Source(wanted.file, wanted.owner).method("from_config"):
            yield wanted.edit("Make the class that is asked", PassOnConfig(wanted.owner))
    elif name.isidentifier():
        yield from propose_pair(wanted, name)


def _read_other_key(hint: str) -> str:
    """Return the key that is to go of a hint such as ``"power" instead of "pow"``."""
    text = hint.partition(" instead of ")[2]
    try:
        found = ast.literal_eval(text) if text else ""
    except (SyntaxError, ValueError):
        return ""
    return found if isinstance(found, str) else ""


BUILDERS: Builders = {
    ConfigIgnored.code: propose_passing,
    ClassDegraded.code: propose_own_class,
}
