"""Holds a layer or variable in an attribute of the layer, where Keras sees it."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import replace_nodes, write_code
from maskcheck.fixes.changes.nodes.assignments import Assignment, list_assignments
from maskcheck.fixes.changes.nodes.code import is_same_code, read_statements


@dataclass(frozen=True)
class HoldPart(Change):
    """Keeps ``self.<path>``, which stands in an object of the user's, in ``self.<name>`` as well."""

    owner: str
    path: str
    name: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add a line below the one that makes it, or below the one that makes the object."""
        node = get_class(module, self.owner)
        holder = self.path.partition(".")[0]
        found = list_assignments(node, self.path) or list_assignments(node, holder)
        if not found:
            raise CannotChange(f"{self.owner} nowhere assigns self.{self.path}")
        (line,) = read_statements(f"self.{self.name} = self.{self.path}")
        return change_class(module, self.owner, lambda node: _put_below(node, found[-1], line))


@dataclass(frozen=True)
class HoldArgument(Change):
    """Makes what is handed to the maker of ``self.<attribute>`` an attribute of its own."""

    owner: str
    attribute: str
    name: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Take the only call among the arguments out, into a line above."""
        node = get_class(module, self.owner)
        if list_assignments(node, self.name):
            return module
        for each in list_assignments(node, self.attribute):
            made = each.value
            calls = [each for each in made.args if _is_call(each)] if isinstance(made, cst.Call) else []
            if len(calls) == 1:
                part = calls[0].value
                (line,) = read_statements(f"self.{self.name} = {write_code(part)}")
                held = cst.parse_expression(f"self.{self.name}")
                return change_class(
                    module,
                    self.owner,
                    lambda node, each=each, part=part, line=line, held=held: _put_above(  # type: ignore[misc]
                        node, each, line, {part: held}
                    ),
                )
        raise CannotChange(f"what self.{self.attribute} is made of is not made in the same line")


def _is_call(argument: cst.Arg) -> bool:
    return isinstance(argument.value, cst.Call) and not argument.star


def _put_below(node: cst.ClassDef, place: Assignment, line: cst.BaseStatement) -> cst.ClassDef:
    block, index = _find_line(node, place)
    body = list(block.body)
    if index + 1 < len(body) and is_same_code(body[index + 1], line):
        return node
    body.insert(index + 1, line)
    return replace_nodes(node, {block: block.with_changes(body=body)})


def _put_above(
    node: cst.ClassDef,
    place: Assignment,
    line: cst.BaseStatement,
    others: dict[cst.CSTNode, cst.BaseExpression],
) -> cst.ClassDef:
    block, index = _find_line(node, place)
    body = list(block.body)
    old = body[index]
    assert isinstance(old, cst.SimpleStatementLine)
    new = replace_nodes(old, others)
    above = line.with_changes(leading_lines=old.leading_lines)
    body[index : index + 1] = [above, new.with_changes(leading_lines=[])]
    return replace_nodes(node, {block: block.with_changes(body=body)})


def _find_line(node: cst.ClassDef, place: Assignment) -> tuple[cst.IndentedBlock, int]:
    """Return the block in which a statement stands on a line of its own, and the place of that line."""
    for block in _list_blocks(node):
        for index, line in enumerate(block.body):
            if isinstance(line, cst.SimpleStatementLine) and any(each is place for each in line.body):
                return block, index
    raise CannotChange("the statement shares its line with what it stands in")


def _list_blocks(node: cst.ClassDef) -> list[cst.IndentedBlock]:
    finder = _Blocks()
    node.visit(finder)
    return finder.found


class _Blocks(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.IndentedBlock] = []

    def visit_IndentedBlock(self, node: cst.IndentedBlock) -> None:
        self.found.append(node)
