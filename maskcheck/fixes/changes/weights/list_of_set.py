"""Holds layers in a list instead of a set."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.classes import change_class
from maskcheck.fixes.changes.nodes.assignments import change_values


@dataclass(frozen=True)
class MakeList(Change):
    """Makes ``self.<attribute>``, which is a set, a list: Keras' files leave out what is in a set."""

    owner: str
    attribute: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Change what the attribute is given, and how items are added to it."""
        changed = change_values(module, self.owner, self.attribute, _write_list)
        if changed is module:
            return module
        return change_class(changed, self.owner, self._change_adding)

    def _change_adding(self, node: cst.ClassDef) -> cst.ClassDef:
        held = m.Attribute(m.Name("self"), m.Name(self.attribute))
        adding = m.Attribute(value=held, attr=m.Name("add"))
        changed = m.replace(node, adding, lambda each, _: _rename(each, "append"))
        assert isinstance(changed, cst.ClassDef)
        return changed


def _write_list(value: cst.BaseExpression) -> cst.BaseExpression:
    match value:
        case cst.Set(elements=elements):
            return cst.List(elements)
        case cst.SetComp(elt=item, for_in=loop):
            return cst.ListComp(item, loop)
        case cst.Call(func=cst.Name(value="set"), args=[]):
            return cst.List([])
        case cst.Call(func=cst.Name(value="set" | "frozenset")):
            return value.with_changes(func=cst.Name("list"))
    return value


def _rename(node: cst.CSTNode, name: str) -> cst.Attribute:
    assert isinstance(node, cst.Attribute)
    return node.with_changes(attr=cst.Name(name))
