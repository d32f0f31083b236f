"""Changes of the methods of a class."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import change_method, find_method, list_methods, replace_nodes
from maskcheck.fixes.changes.nodes.bodies import drop_pass, open_body
from maskcheck.fixes.changes.nodes.code import is_same_code, read_function
from maskcheck.fixes.changes.writing.annotations import annotate

# The order in which the methods of a layer are usually written.
_ORDER = (
    *("__init__", "build", "compile", "call", "compute_mask", "compute_output_shape", "get_build_config"),
    *("build_from_config", "save_own_variables", "load_own_variables", "save_assets", "load_assets"),
    *("get_compile_config", "compile_from_config", "get_config", "from_config"),
)


@dataclass(frozen=True)
class AddMethod(Change):
    """Writes a method into a class that has none of its name."""

    owner: str
    code: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it where methods of its name usually stand."""
        owner = get_class(module, self.owner)
        method = annotate(read_function(self.code), module, owner)
        there = find_method(owner, method.name.value)
        if there is None:
            return change_class(module, self.owner, lambda node: _insert(node, method))
        if is_same_code(there, method):
            return module
        raise CannotChange(f"{self.owner} has a method {method.name.value} already")


@dataclass(frozen=True)
class ReplaceMethod(Change):
    """Writes a method in place of the one of its name, but for the lines above that one."""

    owner: str
    code: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Replace it, unless only the form differs."""
        new = annotate(read_function(self.code), module, get_class(module, self.owner))

        def replace(old: cst.FunctionDef) -> cst.FunctionDef:
            if is_same_code(old, new):
                return old
            return new.with_changes(
                leading_lines=old.leading_lines, lines_after_decorators=old.lines_after_decorators
            )

        return change_method(module, self.owner, new.name.value, replace)


@dataclass(frozen=True)
class RemoveMethod(Change):
    """Leaves a method out of a class, a property with all of its functions."""

    owner: str
    name: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Remove it where it is still there."""
        if find_method(get_class(module, self.owner), self.name) is None:
            return module
        return change_class(module, self.owner, self._remove)

    def _remove(self, node: cst.ClassDef) -> cst.ClassDef:
        found = [each for each in list_methods(node) if each.name.value == self.name]
        node = replace_nodes(node, {each: cst.RemoveFromParent() for each in found})
        block = open_body(node)
        body = [*block.body] or [cst.SimpleStatementLine([cst.Pass()])]
        if isinstance(body[0], cst.FunctionDef):
            remarks = [each for each in body[0].leading_lines if each.comment is not None]
            body[0] = body[0].with_changes(leading_lines=remarks)
        return node.with_changes(body=block.with_changes(body=body))


@dataclass(frozen=True)
class RenameMethod(Change):
    """Gives a method another name, where it is defined and where it is called on the base class."""

    owner: str
    name: str
    new: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Rename it, unless that is done already."""
        owner = get_class(module, self.owner)
        if find_method(owner, self.new):
            if find_method(owner, self.name) is None:
                return module
            raise CannotChange(f"{self.owner} has a method {self.new} already")
        return change_method(module, self.owner, self.name, self._rename)

    def _rename(self, method: cst.FunctionDef) -> cst.FunctionDef:
        calls = m.Attribute(value=m.Call(func=m.Name("super")), attr=m.Name(self.name))
        renamed = m.replace(method, calls, lambda node, _: _with_name(node, self.new))
        assert isinstance(renamed, cst.FunctionDef)
        return renamed.with_changes(name=cst.Name(self.new))


def _insert(node: cst.ClassDef, method: cst.FunctionDef) -> cst.ClassDef:
    """Put a method below the last of those that usually come before it."""
    block = open_body(node)
    body = drop_pass(block.body)
    name = method.name.value
    order = _ORDER.index(name) if name in _ORDER else len(_ORDER)
    methods = {place: each for place, each in enumerate(body) if isinstance(each, cst.FunctionDef)}
    before = [place for place, each in methods.items() if each.name.value in _ORDER[:order]]
    if before:
        place = before[-1] + 1
    elif methods and order < len(_ORDER):
        place = min(methods)
    else:
        place = len(body)
    spaced = method.with_changes(leading_lines=[cst.EmptyLine(indent=False)] if place else [])
    after = body[place:]
    if after and isinstance(after[0], cst.FunctionDef) and not after[0].leading_lines:
        after[0] = after[0].with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    return node.with_changes(body=block.with_changes(body=[*body[:place], spaced, *after]))


def _with_name(node: cst.CSTNode, name: str) -> cst.Attribute:
    assert isinstance(node, cst.Attribute)
    return node.with_changes(attr=cst.Name(name))
