"""Renames names in a part of a module."""

from __future__ import annotations

from typing import TypeVar

import libcst as cst

_Node = TypeVar("_Node", bound=cst.CSTNode)


def rename_name(node: _Node, old: str, new: str) -> _Node:
    """Return a node with another name for a variable; attributes and keywords that are called so stay."""
    renamed = node.visit(_NameChanger(old, new))
    assert isinstance(renamed, type(node))
    return renamed


def rename_attribute(node: _Node, old: str, new: str) -> _Node:
    """Return a node with another name for the attribute ``self.<old>``."""
    renamed = node.visit(_AttributeChanger(old, new))
    assert isinstance(renamed, type(node))
    return renamed


class _NameChanger(cst.CSTTransformer):
    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self._old = old
        self._new = new

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return (
            updated_node.with_changes(value=self._new) if original_node.value == self._old else updated_node
        )


class _AttributeChanger(cst.CSTTransformer):
    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self._old = old
        self._new = new

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        own = isinstance(original_node.value, cst.Name) and original_node.value.value == "self"
        if own and original_node.attr.value == self._old:
            return updated_node.with_changes(attr=cst.Name(self._new))
        return updated_node
