"""Hands keywords to what makes an attribute, or leaves them out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import write_code
from maskcheck.fixes.changes.nodes.assignments import change_values
from maskcheck.fixes.changes.writing.layout import indent_unit
from maskcheck.fixes.changes.writing.sequences import read_arguments, write_arguments


@dataclass(frozen=True)
class AddKeyword(Change):
    """Hands one more keyword to what makes ``self.<attribute>``."""

    owner: str
    attribute: str
    keyword: str
    value: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it to each call that has no such keyword."""
        add = partial(self._add, unit=indent_unit(module))
        return change_values(module, self.owner, self.attribute, add)

    def _add(self, made: cst.BaseExpression, unit: str) -> cst.BaseExpression:
        if not isinstance(made, cst.Call):
            raise CannotChange(f"self.{self.attribute} is not made by a call")
        if any(each.star == "**" or _is_named(each, self.keyword) for each in made.args):
            return made
        call = cst.ensure_type(cst.parse_expression(f"f({self.keyword}={self.value})"), cst.Call)
        return write_arguments(made, read_arguments(made).append(call.args[0], unit))


@dataclass(frozen=True)
class DropKeyword(Change):
    """Leaves a keyword with a certain value out of what makes ``self.<attribute>``."""

    owner: str
    attribute: str
    keyword: str
    value: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Leave it out of each call that has it."""
        return change_values(module, self.owner, self.attribute, self._drop)

    def _drop(self, made: cst.BaseExpression) -> cst.BaseExpression:
        if not isinstance(made, cst.Call):
            return made
        arguments = read_arguments(made)
        for index in reversed(range(len(made.args))):
            if self._is_meant(made.args[index]):
                arguments = arguments.remove(index)
        return made if len(arguments.items) == len(made.args) else write_arguments(made, arguments)

    def _is_meant(self, argument: cst.Arg) -> bool:
        return _is_named(argument, self.keyword) and write_code(argument.value) == self.value


def _is_named(argument: cst.Arg, keyword: str) -> bool:
    return argument.keyword is not None and argument.keyword.value == keyword
