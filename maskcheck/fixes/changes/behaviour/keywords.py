"""Hands keywords to what makes an attribute, or leaves them out."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import write_code
from maskcheck.fixes.changes.nodes.assignments import change_values


@dataclass(frozen=True)
class AddKeyword(Change):
    """Hands one more keyword to what makes ``self.<attribute>``."""

    owner: str
    attribute: str
    keyword: str
    value: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add it to each call that has no such keyword."""
        return change_values(module, self.owner, self.attribute, self._add)

    def _add(self, made: cst.BaseExpression) -> cst.BaseExpression:
        if not isinstance(made, cst.Call):
            raise CannotChange(f"self.{self.attribute} is not made by a call")
        if any(
            each.star == "**" or (each.keyword and each.keyword.value == self.keyword) for each in made.args
        ):
            return made
        text = cst.ensure_type(cst.parse_expression(f"f({self.keyword}={self.value})"), cst.Call)
        if not made.args:
            return made.with_changes(args=text.args)
        *before, last = made.args
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        if isinstance(last.comma, cst.Comma):  # a trailing comma stays the last
            new = text.args[0].with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
            space = made.whitespace_before_args
            between = (
                cst.Comma(whitespace_after=space) if isinstance(space, cst.ParenthesizedWhitespace) else comma
            )
            return made.with_changes(args=[*before, last.with_changes(comma=between), new])
        return made.with_changes(args=[*before, last.with_changes(comma=comma), *text.args])


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
        kept = [each for each in made.args if not self._is_meant(each)] if isinstance(made, cst.Call) else []
        if not isinstance(made, cst.Call) or len(kept) == len(made.args):
            return made
        if kept and self._is_meant(made.args[-1]):
            kept[-1] = kept[-1].with_changes(
                comma=made.args[-1].comma, whitespace_after_arg=made.args[-1].whitespace_after_arg
            )
        return made.with_changes(args=kept)

    def _is_meant(self, argument: cst.Arg) -> bool:
        return _is_named(argument, self.keyword) and write_code(argument.value) == self.value


def _is_named(argument: cst.Arg, keyword: str) -> bool:
    return argument.keyword is not None and argument.keyword.value == keyword
