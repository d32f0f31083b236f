"""Finds the dicts of which a ``get_config`` makes its config."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.methods import list_own
from maskcheck.fixes.changes.writing.blocks import Placed, list_small

Maker = cst.Dict | cst.Call
# An entry, by the node that holds the value: of a dict, of a call with keywords, or an assignment.
Entry = cst.DictElement | cst.Arg | cst.Assign


@dataclass(frozen=True)
class Update:
    """A statement that adds to a dict: ``name.update(..)`` or ``name[key] = ..``."""

    name: str
    placed: Placed


@dataclass(frozen=True)
class ConfigSource:
    """What leads to one returned value: the dicts that are written out, and the statements that add to them.

    ``makers`` and ``updates`` that do not run always are left out of ``sure``.
    """

    returned: Placed
    makers: tuple[Maker, ...]
    updates: tuple[Update, ...]
    sure_makers: tuple[Maker, ...]


def read_sources(function: cst.FunctionDef) -> list[ConfigSource]:
    """Return what leads to each value that a ``get_config`` returns, in source order."""
    body = list_small(function)
    found = []
    for index, placed in enumerate(body):
        if isinstance(placed.small, cst.Return) and placed.small.value is not None:
            found.append(_read_source(body[:index], placed, placed.small.value))
    return found


def list_entries(function: cst.FunctionDef, key: str) -> list[Entry]:
    """Return the places where a ``get_config`` writes a key to its config."""
    found: dict[int, Entry] = {}
    for source in read_sources(function):
        for maker in source.makers:
            found.update((id(entry), entry) for entry in list_maker_entries(maker, key))
        for update in source.updates:
            small = update.placed.small
            if isinstance(small, cst.Assign) and any(_is_key(t.target, key) for t in small.targets):
                found[id(small)] = small
    return list(found.values())


def list_maker_entries(maker: Maker, key: str) -> Iterator[Entry]:
    """Yield the entries of a dict that have a key."""
    if isinstance(maker, cst.Dict):
        for element in maker.elements:
            if isinstance(element, cst.DictElement) and is_text(element.key, key):
                yield element
    else:
        yield from (arg for arg in maker.args if arg.keyword is not None and arg.keyword.value == key)


def is_text(node: cst.BaseExpression, text: str) -> bool:
    """Tell whether an expression is a literal text."""
    return isinstance(node, cst.SimpleString) and node.evaluated_value == text


def is_keyed(maker: Maker) -> bool:
    """Tell whether a dict is written with keys, and not only made of others."""
    if isinstance(maker, cst.Dict):
        return any(isinstance(element, cst.DictElement) for element in maker.elements)
    return any(arg.keyword is not None for arg in maker.args)


def list_makers(value: cst.BaseExpression) -> Iterator[Maker]:
    """Yield the dict literals and ``dict(..)`` calls of which a value is made up."""
    parts: list[cst.BaseExpression] = []
    if isinstance(value, cst.Dict):
        yield value
        parts = [each.value for each in value.elements if isinstance(each, cst.StarredDictElement)]
    elif isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.BitOr):
        parts = [value.left, value.right]
    elif isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "dict":
        yield value
        parts = [each.value for each in value.args if each.keyword is None]
    for part in parts:
        yield from list_makers(part)


def read_update(small: cst.BaseSmallStatement) -> tuple[str, cst.Call] | None:
    """Return the name and the call of ``name.update(..)``."""
    call = small.value if isinstance(small, cst.Expr) else None
    if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute):
        return None
    named = call.func.attr.value == "update" and isinstance(call.func.value, cst.Name)
    return (call.func.value.value, call) if named else None  # type: ignore[attr-defined]


def list_update_makers(call: cst.Call) -> Iterator[Maker]:
    """Yield the dicts that ``name.update(..)`` adds: its own keywords, or what it is given."""
    if takes_keywords(call):
        yield call
    for arg in call.args:
        if arg.keyword is None and arg.star != "*":
            yield from list_makers(arg.value)


def takes_keywords(call: cst.Call) -> bool:
    """Tell whether a call of ``update`` has keywords and nothing else."""
    return bool(call.args) and all(arg.keyword is not None or arg.star == "**" for arg in call.args)


def _read_source(before: Sequence[Placed], returned: Placed, value: cst.BaseExpression) -> ConfigSource:
    names = _list_names(value, before)
    makers: list[tuple[Maker, bool]] = []
    updates: list[Update] = []
    for placed in before:
        for name, assigned in _list_assigned(placed.small):
            if name in names:
                makers += [(maker, placed.always) for maker in list_makers(assigned)]
        changed = _changed_name(placed.small)
        if changed in names:
            updates.append(Update(changed, placed))
            update = read_update(placed.small)
            if update:
                makers += [(maker, False) for maker in list_update_makers(update[1])]
    makers += [(maker, True) for maker in list_makers(value)]
    sure = tuple(maker for maker, always in makers if always)
    return ConfigSource(returned, tuple(maker for maker, _ in makers), tuple(updates), sure)


def _list_names(value: cst.BaseExpression, before: Sequence[Placed]) -> set[str]:
    """Return the names whose dicts end up in a value."""
    names: set[str] = set()
    more = _names_in(value)
    while more - names:
        names |= more
        for placed in before:
            more |= {
                inner
                for name, assigned in _list_assigned(placed.small)
                if name in names
                for inner in _names_in(assigned)
            }
            if _changed_name(placed.small) in names:
                more |= _names_in(placed.small)
    return names


def _names_in(node: cst.CSTNode) -> set[str]:
    return {each.value for each in list_own(node) if isinstance(each, cst.Name)}


def _list_assigned(small: cst.BaseSmallStatement) -> Iterator[tuple[str, cst.BaseExpression]]:
    """Yield pairs of name and value for ``name = value``, annotated or ``|=`` too."""
    targets: list[cst.BaseExpression] = []
    if isinstance(small, cst.Assign):
        targets = [each.target for each in small.targets]
    elif isinstance(small, cst.AnnAssign | cst.AugAssign):
        targets = [small.target]
    value = getattr(small, "value", None)
    if value is not None:
        yield from ((target.value, value) for target in targets if isinstance(target, cst.Name))


def _changed_name(small: cst.BaseSmallStatement) -> str:
    """Return the name of the dict that a statement adds to, "" where it adds to none."""
    if isinstance(small, cst.Assign):
        for each in small.targets:
            if isinstance(each.target, cst.Subscript) and isinstance(each.target.value, cst.Name):
                return each.target.value.value
    update = read_update(small)
    return update[0] if update else ""


def _is_key(target: cst.BaseExpression, key: str) -> bool:
    if not isinstance(target, cst.Subscript) or len(target.slice) != 1:
        return False
    index = target.slice[0].slice
    return isinstance(index, cst.Index) and is_text(index.value, key)
