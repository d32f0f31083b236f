"""The keys of ``[tool.maskcheck]`` and the types of their values."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maskcheck.errors import did_you_mean
from maskcheck.project.read import Project

OVERRIDES = "overrides"
LAYERS = "layers"
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text in quotes"}


@dataclass(frozen=True)
class Key:
    """One setting: its name, the type of its value, and whether there may be several, in an array."""

    name: str
    kind: type[bool | int | float | str]
    many: bool = False


def check_table(project: Project, keys: Sequence[Key], overridable: Sequence[str]) -> None:
    """See that the table has settings only, each of its type.

    Args:
        overridable: the names of those that may be set for single layers.

    Raises:
        UsageError: it has not; says where, and which was meant.
    """
    known = {key.name: key for key in keys}
    for name, value in project.table.items():
        if name == OVERRIDES:
            _check_overrides(project, value, known, overridable)
        else:
            _check_key(project, name, [*known, OVERRIDES])
            _check_value(project, known[name], value, (name,))


def _check_overrides(
    project: Project, value: Any, known: Mapping[str, Key], overridable: Sequence[str]
) -> None:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        hint = "write [[tool.maskcheck.overrides]] above the keys of each"
        raise project.fault(f"{OVERRIDES!r} must be an array of tables", OVERRIDES, hint=hint)
    keys = {LAYERS: Key(LAYERS, str, many=True), **{name: known[name] for name in overridable}}
    for index, table in enumerate(value):
        where = (OVERRIDES, index)
        for name, item in table.items():
            if name in known and name not in keys:
                hint = f"there are {', '.join(overridable)}"
                raise project.fault(f"{name!r} cannot be set for single layers", *where, name, hint=hint)
            _check_key(project, name, list(keys), *where)
            _check_value(project, keys[name], item, (*where, name))
        if not any(pattern.strip() for pattern in table.get(LAYERS, ())):
            hint = 'write for example layers = ["*Mask*", "mypkg.attention.*"]'
            raise project.fault("an override must name its layers", *where, hint=hint)
        if len(table) == 1:
            hint = f"there are {', '.join(overridable)}"
            raise project.fault("this override sets nothing", *where, hint=hint)


def _check_key(project: Project, name: str, known: list[str], *where: str | int) -> None:
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise project.fault(f"there is no setting {name!r}", *where, name, hint=hint)


def _check_value(project: Project, key: Key, value: Any, where: tuple[str | int, ...]) -> None:
    if key.many:
        fits = isinstance(value, list) and all(_fits(item, key.kind) for item in value)
        wanted = f"an array, and each value in it {_KINDS[key.kind]}"
    else:
        fits, wanted = _fits(value, key.kind), _KINDS[key.kind]
    if not fits:
        example = f"write {key.name} = [...]" if key.many and not isinstance(value, list) else ""
        raise project.fault(f"{key.name!r} must be {wanted}, not {reprlib.repr(value)}", *where, hint=example)


def _fits(value: Any, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    # No name and no path can hold a NUL.
    return isinstance(value, (int, float) if kind is float else kind) and "\0" not in str(value)
