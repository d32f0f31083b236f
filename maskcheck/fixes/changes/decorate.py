"""Puts a decorator above a class or function."""

from __future__ import annotations

from dataclasses import dataclass, field

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.nodes.code import is_same_code

_Definition = cst.ClassDef | cst.FunctionDef


@dataclass(frozen=True)
class Decorate(Change):
    """Puts a decorator above a class (``A.B``) or function, outermost.

    One that calls the same function, with other arguments, is replaced.
    """

    name: str
    decorator: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it, unless it is there."""
        finder = _Finder(self.name)
        module.visit(finder)
        if not finder.found:
            raise CannotChange(f"nothing called {self.name} is defined here")
        node = finder.found[-1]
        changed = module.deep_replace(node, self._decorate(node))
        assert isinstance(changed, cst.Module)
        return changed

    def _decorate(self, node: _Definition) -> _Definition:
        new = cst.Decorator(cst.parse_expression(self.decorator.removeprefix("@")))
        if any(is_same_code(new.decorator, each.decorator) for each in node.decorators):
            return node
        function = _name_function(new)
        for each in node.decorators:
            if function and _name_function(each) == function:
                return node.with_deep_changes(each, decorator=new.decorator)
        return node.with_changes(decorators=[new, *node.decorators])


def _name_function(decorator: cst.Decorator) -> str:
    """Return the last name of what a decorator calls, "" where it calls nothing."""
    match decorator.decorator:
        case cst.Call(func=cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name)):
            return name
    return ""


@dataclass
class _Finder(cst.CSTVisitor):
    qualname: str
    found: list[_Definition] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._enter(node, node.name.value)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._path.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._enter(node, node.name.value)
        self._path.append("<locals>")

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        del self._path[-2:]

    def _enter(self, node: _Definition, name: str) -> None:
        self._path.append(name)
        if ".".join(self._path) == self.qualname:
            self.found.append(node)
