"""Writes an entry of the config."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from keyword import iskeyword
from typing import Any

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.classes import get_class
from maskcheck.fixes.changes.config.dicts import (
    ConfigSource,
    Entry,
    Maker,
    Update,
    is_keyed,
    list_entries,
    list_makers,
    read_sources,
    read_update,
    takes_keywords,
)
from maskcheck.fixes.changes.methods import Replacement, change_method, find_method, replace_nodes, write_code
from maskcheck.fixes.changes.writing.blocks import open_block, parse_statement
from maskcheck.fixes.changes.writing.layout import indent_unit, is_typed, quote, write_fitting
from maskcheck.fixes.changes.writing.sequences import read_arguments, read_dict, write_arguments, write_dict


@dataclass(frozen=True)
class SetConfigEntry(Change):
    """Have ``get_config`` write ``expression`` under ``key``: in place of what it writes, or as one more."""

    owner: str
    key: str
    expression: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the entry, and with a ``get_config`` where the class has none.

        Raises:
            CannotChange: there is no such class, or its method returns nothing.
        """
        return write_fitting(module, lambda spread: self._write(module, spread=spread))

    def _write(self, module: cst.Module, *, spread: bool) -> cst.Module:
        owner = get_class(module, self.owner)
        style = _Style(self.key, self.expression, indent_unit(module), spread, (owner, module))
        if find_method(owner, "get_config") is None:
            module = AddMethod(self.owner, _write_method(typed=is_typed(module, owner))).apply(module)

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            entries = list_entries(method, self.key)
            if entries:
                return replace_nodes(method, {each: _replace_value(each, style) for each in entries})
            return _add(open_block(method), style)

        return change_method(module, self.owner, "get_config", change)


@dataclass(frozen=True)
class _Style:
    """An entry, and how it is to be written: ``near`` has the quotes to follow."""

    key: str
    expression: str
    unit: str
    spread: bool
    near: tuple[cst.CSTNode, ...]

    def value(self) -> cst.BaseExpression:
        return cst.parse_expression(self.expression)

    def name(self, *near: cst.CSTNode) -> cst.BaseExpression:
        return cst.parse_expression(quote(self.key, *near, *self.near))

    def update(self, name: str, near: cst.CSTNode) -> Any:
        """Return a statement that adds the entry to a dict."""
        key = quote(self.key, near, *self.near)
        text = f"{name}.update({{{key}: {self.expression}}})"
        statement = parse_statement(text)
        call = statement.body[0].value
        return replace_nodes(statement, {call: _spread_update(call, self)})


def _write_method(*, typed: bool) -> str:
    returns = " -> dict[str, Any]" if typed else ""
    return (
        f"def get_config(self){returns}:\n    config = super().get_config()\n"
        "    config.update({})\n    return config"
    )


def _replace_value(entry: Entry, style: _Style) -> Entry:
    changed: Entry = entry.with_changes(value=style.value())
    return entry if write_code(entry.value) == style.expression else changed


def _add(function: cst.FunctionDef, style: _Style) -> cst.FunctionDef:
    sources = read_sources(function)
    if not sources:
        raise CannotChange("get_config returns nothing")
    others: dict[cst.CSTNode, Replacement] = {}
    for source in sources:
        others.update([_add_to(source, function, style)])
    return replace_nodes(function, others)


def _add_to(source: ConfigSource, near: cst.FunctionDef, style: _Style) -> tuple[cst.CSTNode, Replacement]:
    """Return a node and what to put in its place, so that a returned dict has the entry."""
    updates = [each for each in source.updates if each.placed.always and each.placed.line is not None]
    if updates:
        return _add_to_update(updates[-1], near, style)
    makers = [*source.sure_makers]
    keyed = [maker for maker in makers if is_keyed(maker)]
    if makers:
        maker = (keyed or makers)[-1]
        return maker, _add_to_maker(maker, near, style)
    small, line = source.returned.small, source.returned.line
    value = small.value  # type: ignore[attr-defined]
    if isinstance(value, cst.Name) and line is not None:
        added = style.update(value.value, near)
        added = added.with_changes(leading_lines=())
        return line, cst.FlattenSentinel([added.with_changes(leading_lines=line.leading_lines), _bare(line)])
    entries = cst.Dict([cst.StarredDictElement(value), cst.DictElement(style.name(near), style.value())])
    return value, _spread_dict(entries, style)


def _add_to_update(update: Update, near: cst.FunctionDef, style: _Style) -> tuple[cst.CSTNode, Replacement]:
    line = update.placed.line
    found = read_update(update.placed.small)
    if found is None:
        key = quote(style.key, near, *style.near)
        added: Any = parse_statement(f"{update.name}[{key}] = {style.expression}")
        return line, cst.FlattenSentinel([line, added])  # type: ignore[return-value,list-item]
    call = found[1]
    literal = [arg.value for arg in call.args if arg.keyword is None and isinstance(arg.value, cst.Dict)]
    if literal and len(call.args) == 1:
        added_to = _add_to_maker(literal[0], near, replace(style, spread=False))
        changed = replace_nodes(call, {literal[0]: added_to})
        return call, _spread_update(changed, style)
    if takes_keywords(call):
        return call, _add_to_maker(call, near, style)
    made = [
        maker for arg in call.args if not arg.star and arg.keyword is None for maker in list_makers(arg.value)
    ]
    if made:
        return made[-1], _add_to_maker(made[-1], near, style)
    return line, cst.FlattenSentinel([line, style.update(update.name, near)])  # type: ignore[return-value,list-item]


def _add_to_maker(maker: Maker, near: cst.CSTNode, style: _Style) -> Maker:
    if isinstance(maker, cst.Dict):
        element = cst.DictElement(style.name(maker, near), style.value())
        return _spread_dict(write_dict(maker, read_dict(maker).append(element, style.unit)), style)
    if style.key.isidentifier() and not iskeyword(style.key):
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        arg = cst.Arg(style.value(), cst.Name(style.key), equal=equal)
    else:
        entry = cst.DictElement(cst.parse_expression(json.dumps(style.key)), style.value())
        arg = cst.Arg(cst.Dict([entry]), star="**")
    arguments = read_arguments(maker).append(arg, style.unit)
    return write_arguments(maker, arguments.spread(style.unit) if style.spread else arguments)


def _spread_dict(node: cst.Dict, style: _Style, base: str = "") -> cst.Dict:
    return write_dict(node, read_dict(node).spread(style.unit, base)) if style.spread else node


def _spread_update(call: Any, style: _Style) -> cst.Call:
    """Return ``name.update({..})`` with the call and the dict on lines of their own."""
    arguments = read_arguments(call)
    if not style.spread or not isinstance(arguments.items[0].value, cst.Dict):
        return call  # type: ignore[no-any-return]
    entries = read_dict(arguments.items[0].value)
    if entries.spread("") is entries:
        return call  # type: ignore[no-any-return]
    inner = write_dict(arguments.items[0].value, entries.spread(style.unit, style.unit))
    item = arguments.items[0].with_changes(value=inner)
    spread = replace(arguments, items=(item,)).spread(style.unit)
    # Behind a dict that stands alone there is no comma, as formatters have it.
    bare = spread.items[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return write_arguments(call, replace(spread, items=(bare,)))


def _bare(line: cst.SimpleStatementLine) -> cst.SimpleStatementLine:
    return line.with_changes(leading_lines=())
