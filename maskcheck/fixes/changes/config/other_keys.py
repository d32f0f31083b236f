"""Takes entries out of the config, and gives them other names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.config.dicts import (
    Entry,
    Maker,
    is_text,
    list_entries,
    list_maker_entries,
    read_sources,
    read_update,
)
from maskcheck.fixes.changes.methods import Replacement, change_method, replace_nodes
from maskcheck.fixes.changes.writing.blocks import drop_statement, list_small
from maskcheck.fixes.changes.writing.layout import quote
from maskcheck.fixes.changes.writing.sequences import (
    Items,
    read_arguments,
    read_dict,
    write_arguments,
    write_dict,
)


@dataclass(frozen=True)
class RemoveConfigKey(Change):
    """Have ``get_config`` write nothing of its own under a key; what the base class writes there stays."""

    owner: str
    key: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module without the entry.

        Raises:
            CannotChange: the class has no ``get_config``.
        """
        return change_method(module, self.owner, "get_config", self._change)

    def _change(self, method: cst.FunctionDef) -> cst.FunctionDef:
        makers = {id(m): m for source in read_sources(method) for m in source.makers}
        emptied: list[Maker] = []
        others: dict[cst.CSTNode, Replacement] = {}
        for maker in makers.values():
            entries = list(list_maker_entries(maker, self.key))
            if entries:
                items = _remove(_read(maker), entries)
                others[maker] = _write(maker, items)
                emptied += [] if items.items else [maker]
        assigned = [entry for entry in list_entries(method, self.key) if isinstance(entry, cst.Assign)]
        for placed in list_small(method):
            update = read_update(placed.small)
            gone = [each for each in emptied if update and _is_all(update[1], each)]
            if gone or placed.small in assigned:
                others.pop(gone[0] if gone else placed.small, None)
                others.update([drop_statement(placed)])
        return replace_nodes(method, others)


@dataclass(frozen=True)
class RenameConfigKey(Change):
    """Have ``get_config`` write under the key ``new`` what it writes under ``old``."""

    owner: str
    old: str
    new: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the other key.

        Raises:
            CannotChange: the class has no ``get_config``.
        """

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            others: dict[cst.CSTNode, Replacement] = {}
            for entry in list_entries(method, self.old):
                if isinstance(entry, cst.Arg):
                    others[entry] = entry.with_changes(keyword=cst.Name(self.new))
                for text in _list_keys(entry, self.old):
                    others[text] = cst.SimpleString(quote(self.new, text))
            return replace_nodes(method, others)

        return change_method(module, self.owner, "get_config", change)


def _list_keys(entry: Entry, key: str) -> Iterator[cst.BaseExpression]:
    """Yield the literals that say the key of an entry."""
    if isinstance(entry, cst.DictElement):
        yield entry.key
    for target in entry.targets if isinstance(entry, cst.Assign) else ():
        for element in target.target.slice if isinstance(target.target, cst.Subscript) else ():
            if isinstance(element.slice, cst.Index) and is_text(element.slice.value, key):
                yield element.slice.value


def _read(maker: Maker) -> Items:
    return read_dict(maker) if isinstance(maker, cst.Dict) else read_arguments(maker)


def _write(maker: Maker, items: Items) -> cst.CSTNode:
    """Return a dict with other entries; a literal that holds nothing but another dict is that dict."""
    if isinstance(maker, cst.Call):
        return write_arguments(maker, items)
    if len(items.items) == 1 and isinstance(items.items[0], cst.StarredDictElement):
        inner: cst.BaseExpression = items.items[0].value
        if isinstance(inner, cst.Call):
            return inner
    return write_dict(maker, items)


def _remove(items: Items, entries: list[Entry]) -> Items:
    keys = [_key(entry) for entry in entries]
    for index in reversed(range(len(items.items))):
        if _key(items.items[index]) in keys:
            items = items.remove(index)
    return items


def _key(item: cst.CSTNode) -> str:
    if isinstance(item, cst.Arg):
        return item.keyword.value if item.keyword else ""
    key = item.key if isinstance(item, cst.DictElement) else None
    return str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""


def _is_all(call: cst.Call, maker: Maker) -> bool:
    """Tell whether a call of ``update`` adds nothing but what is in a dict."""
    return call is maker or (len(call.args) == 1 and call.args[0].value is maker)
