"""Makes save_own_variables and load_own_variables speak of the same entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import change_method, list_own, replace_nodes
from maskcheck.fixes.changes.nodes.bodies import find_last_place, insert_statements
from maskcheck.fixes.changes.nodes.names import rename_attribute


@dataclass(frozen=True)
class MatchStore(Change):
    """Gives each variable in a method that saves or loads its key, and adds those that are left out.

    ``keys`` are the attributes with their keys.
    """

    owner: str
    method: str
    keys: tuple[tuple[str, str], ...]

    def apply(self, module: cst.Module) -> cst.Module:
        """Write other keys where they differ, and lines like the others for what lacks."""
        return change_method(module, self.owner, self.method, self._change)

    def _change(self, function: cst.FunctionDef) -> cst.FunctionDef:
        store = _name_store(function)
        wanted = dict(self.keys)
        found = [(each, *pair) for each in list_own(function) for pair in _read_entry(each, store)]
        if not found:
            raise CannotChange(f"no line of {self.method} is like those that lack")
        others = {
            each: _with_key(each, key, wanted[name])
            for each, name, key in found
            if wanted.get(name, key) != key
        }
        template, name, key = found[-1]
        lacking = [
            cst.SimpleStatementLine([_with_key(rename_attribute(template, name, other), key, new)])
            for other, new in self.keys
            if other not in {name for _, name, _ in found}
        ]
        changed = replace_nodes(function, others)
        return insert_statements(changed, find_last_place(changed), lacking)


def _name_store(function: cst.FunctionDef) -> str:
    parameters = function.params.params
    if len(parameters) < 2:
        raise CannotChange(f"{function.name.value} takes nothing")
    return parameters[1].name.value


def _read_entry(node: cst.CSTNode, store: str) -> Iterator[tuple[str, str]]:
    """Yield the attribute and the key of a statement that puts one into the other."""
    if isinstance(node, cst.Expr | cst.Assign):
        names = [name for each in list_own(node) for name in _read_attribute(each)]
        keys = [key for each in list_own(node) for key in _read_key(each, store)]
        if len(names) == len(keys) == 1:
            yield names[0], keys[0]


def _read_attribute(node: cst.CSTNode) -> Iterator[str]:
    match node:
        case cst.Attribute(value=cst.Name(value="self"), attr=cst.Name(value=name)):
            yield name


def _read_key(node: cst.CSTNode, store: str) -> Iterator[str]:
    match node:
        case cst.Subscript(
            value=cst.Name(value=name),
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))],
        ) if name == store:
            yield str(key.evaluated_value)


def _with_key(node: cst.CSTNode, old: str, new: str) -> cst.BaseSmallStatement:
    """Return a statement with another key, in the quotes of the old one."""
    texts = [each for each in list_own(node) if isinstance(each, cst.SimpleString)]
    changed = replace_nodes(
        node,
        {
            each: each.with_changes(value=f"{each.quote}{new}{each.quote}")
            for each in texts
            if each.evaluated_value == old
        },
    )
    assert isinstance(changed, cst.BaseSmallStatement)
    return changed
