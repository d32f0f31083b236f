"""Edits for values that JSON has no form for, or brings back in another one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_kept, propose_pair
from maskcheck.fixes.builders.config.hints import is_code, read_attribute, read_deserialization
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.builders.definitions import find_definition
from maskcheck.fixes.changes.config.attributes import SetAttribute
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from maskcheck.fixes.changes.config.statements import BeginMethod, ReturnValue
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.config.config_drift import ConfigDrift
from maskcheck.rules.config.config_unserializable import ConfigUnserializable
from maskcheck.source.ast_helpers import dotted

_GET_CONFIG = "get_config"
_COMPILE_CONFIG = "get_compile_config"


def propose_plain_values(wanted: Wanted) -> Iterator[Edit]:
    """Write what JSON has a form for, and read it."""
    source = Source(wanted.file, wanted.owner)
    name, hint = wanted.finding.subject, wanted.finding.hint
    if name == _COMPILE_CONFIG:
        if is_code(hint):
            yield wanted.edit(
                "Tell of no compilation where there was none", BeginMethod(wanted.owner, name, hint)
            )
        return
    value = _find_returned(source)
    if value:
        yield wanted.edit(f"Return {value}", ReturnValue(wanted.owner, _GET_CONFIG, value))
    known = {key for each in source.with_bases() for key in (*each.parameters(), *dict(each.entries()))}
    for key in (each for each in wanted.finding.subjects if each in known):
        yield from _write_enum(wanted, key)
        if not _is_plain(source, key):
            yield from propose_pair(wanted, key)
        yield from propose_kept(wanted, key)


def propose_types(wanted: Wanted) -> Iterator[Edit]:
    """Have ``__init__`` make the type that it needs of what the config brings."""
    hint, name = wanted.finding.hint, wanted.finding.subject
    if read_deserialization(hint):
        yield from propose_pair(wanted, name)
        return
    call, _, parameter = name.removesuffix(")").partition("(")
    if parameter and wanted.finding.before.startswith("("):
        line = f"{parameter} = tuple({parameter}) if isinstance({parameter}, list) else {parameter}"
        yield wanted.edit(
            f"Make a tuple of the list that {call} is given",
            BeginMethod(wanted.owner, call, line),
            safe=False,
        )
    found = read_attribute(hint)
    if found:
        yield from _make_type(wanted, name, *found)
    yield from _leave_unsorted(wanted, name)


def _find_returned(source: Source) -> str:
    """Return what a ``get_config`` without a return should return: the dict that its last line changes."""
    function = source.method(_GET_CONFIG)
    returns = [each for each in ast.walk(function) if isinstance(each, ast.Return)] if function else []
    if function is None or any(each.value for each in returns):
        return ""
    match function.body[-1]:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="update"))):
            return name
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
            return name
        case ast.Expr(value=ast.Dict() | ast.Call() | ast.BinOp() as value):
            return ast.unparse(value)
    return ""


def _write_enum(wanted: Wanted, key: str) -> Iterator[Edit]:
    """Write the value of a member of an enumeration, or its name where ``__init__`` looks it up by that."""
    source = Source(wanted.file, wanted.owner)
    init = source.defining("__init__") or source
    written = source.written(key)
    path = dotted(written) or ""
    for attribute, value in init.assigned():
        by_value = isinstance(value, ast.Call) and len(value.args) == 1
        made = value.func if isinstance(value, ast.Call) else getattr(value, "value", None)
        if path != f"self.{attribute}" or not isinstance(made, ast.Name) or not _is_enum(init.file, made.id):
            continue
        part = "value" if by_value else "name"
        yield wanted.edit(
            f"Write the {part} of {key}", SetConfigEntry(wanted.owner, key, f"self.{attribute}.{part}")
        )


def _is_enum(file: str, name: str) -> bool:
    found = find_definition(file, name)
    bases = found.node.bases if found and isinstance(found.node, ast.ClassDef) else ()
    return any((dotted(base) or "").endswith("Enum") for base in bases)


def _is_plain(source: Source, key: str) -> bool:
    """Tell whether nothing but a number or a text seems to be given: where Keras did not look at all."""
    node = source.node()
    models = ("Model", "Sequential")
    return node is not None and any((dotted(base) or "").endswith(models) for base in node.bases)


def _make_type(wanted: Wanted, argument: str, attribute: str, value: str) -> Iterator[Edit]:
    """Make a type in the attribute that a hint names, else of the argument itself."""
    source = Source(wanted.file, wanted.owner)
    init = source.defining("__init__") or source
    default = init.parameters().get(argument)
    optional = isinstance(default, ast.Constant) and default.value is None
    old = dict(init.assigned()).get(attribute)
    title = f"Bring {argument} into its type in __init__"
    falls_back = isinstance(old, ast.Call) and any(
        isinstance(each, ast.BoolOp) and isinstance(each.op, ast.Or) for each in old.args
    )
    if falls_back and old is not None:
        value = value.replace(f"{argument}.items()", f"({ast.unparse(old.args[0])}).items()")  # type: ignore[attr-defined]
    elif optional:
        value = f"None if {argument} is None else {value}"
    keep = SetAttribute(init.owner, attribute, value)
    begin = BeginMethod(init.owner, "__init__", f"{argument} = {value}")
    plain = old is None or isinstance(old, ast.Name) or (isinstance(old, ast.Call) and len(old.args) == 1)
    places = wanted.file == init.file
    first, second = (keep, begin) if plain else (begin, keep)
    for change in (first, second) if places else ():
        yield wanted.edit(title, change)


def _leave_unsorted(wanted: Wanted, key: str) -> Iterator[Edit]:
    """Write a dict in its own order where the config sorts it."""
    match Source(wanted.file, wanted.owner).written(key):
        case ast.Call(func=ast.Name(id="dict"), args=[ast.Call(func=ast.Name(id="sorted"), args=[inner])]):
            text = ast.unparse(inner).removesuffix(".items()")
            yield wanted.edit(
                f"Write {key} in its own order", SetConfigEntry(wanted.owner, key, f"dict({text})")
            )


BUILDERS: Builders = {
    ConfigUnserializable.code: propose_plain_values,
    ConfigDrift.code: propose_types,
}
