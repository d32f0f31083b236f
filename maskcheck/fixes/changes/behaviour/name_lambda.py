"""Gives a lambda a name."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, replace_nodes
from maskcheck.fixes.changes.nodes.assignments import list_assignments


@dataclass(frozen=True)
class NameLambda(Change):
    """Makes the lambda that ``self.<attribute>`` is made with a function of the module, called ``name``.

    ``decorator`` is put above the function. Only a lambda that reads nothing of the method it stands in can
    be moved out of it.
    """

    owner: str
    attribute: str
    name: str
    decorator: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Move it above the class, and name it where it stood."""
        node = get_class(module, self.owner)
        if any(isinstance(each, cst.FunctionDef) and each.name.value == self.name for each in module.body):
            return module
        values = [each.value for each in list_assignments(node, self.attribute) if each.value is not None]
        found = [each for value in values for each in _list_lambdas(value)]
        if len(found) != 1:
            raise CannotChange(f"self.{self.attribute} is not made with one lambda")
        local = {name for method in list_methods(node) for name in _list_local(method)}
        if local.intersection(_list_names(found[0].body)) - _list_names(found[0].params):
            raise CannotChange("the lambda reads what its method has")
        place = _find_statement(module, node)
        changed = change_class(
            module, self.owner, lambda owner: replace_nodes(owner, {found[0]: cst.Name(self.name)})
        )
        function = self._write(found[0])
        below = _space(changed.body[place])
        body = [*changed.body[:place], function, below, *changed.body[place + 1 :]]
        return changed.with_changes(body=body)

    def _write(self, found: cst.Lambda) -> cst.FunctionDef:
        lines = [cst.EmptyLine(indent=False), cst.EmptyLine(indent=False)]
        decorator = cst.Decorator(cst.parse_expression(self.decorator.removeprefix("@")))
        return cst.FunctionDef(
            cst.Name(self.name),
            found.params,
            cst.IndentedBlock([cst.SimpleStatementLine([cst.Return(found.body)])]),
            [decorator],
            leading_lines=lines,
        )


def _find_statement(module: cst.Module, node: cst.ClassDef) -> int:
    """Return the place of a class at the top level of a module."""
    for place, each in enumerate(module.body):
        if each is node:
            return place
    raise CannotChange("the class is not at the top level of the module")


def _space(statement: cst.SimpleStatementLine | cst.BaseCompoundStatement) -> cst.ClassDef:
    """Return a class that is two lines below what comes before it."""
    assert isinstance(statement, cst.ClassDef)
    remarks = [each for each in statement.leading_lines if each.comment is not None]
    return statement.with_changes(leading_lines=[cst.EmptyLine(indent=False)] * 2 + remarks)


def _list_lambdas(node: cst.CSTNode) -> list[cst.Lambda]:
    found = [node] if isinstance(node, cst.Lambda) else []
    return [*found, *(each for child in node.children for each in _list_lambdas(child))]


def _list_names(node: cst.CSTNode) -> set[str]:
    found = {node.value} if isinstance(node, cst.Name) else set()
    children = [node.value] if isinstance(node, cst.Attribute) else node.children
    return found.union(*(_list_names(child) for child in children))


def _list_local(method: cst.FunctionDef) -> set[str]:
    """Return the names that a method takes or assigns."""
    assigned = [each.target for each in _list_targets(method)]
    return _list_names(method.params).union(*(_list_names(each) for each in assigned))


def _list_targets(node: cst.CSTNode) -> list[cst.AssignTarget | cst.CompFor | cst.For]:
    found = [node] if isinstance(node, cst.AssignTarget | cst.CompFor | cst.For) else []
    return [*found, *(each for child in node.children for each in _list_targets(child))]
