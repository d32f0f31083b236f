"""Works on a copy of what the layer keeps."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import Replacement, change_method, list_own, replace_nodes, write_code
from maskcheck.fixes.changes.writing.blocks import (
    count_head,
    list_body,
    open_block,
    parse_statement,
    with_body,
)


@dataclass(frozen=True)
class CopyAttribute(Change):
    """Have a method work on a copy of the dict in ``self.<attribute>``, which it calls ``name``."""

    owner: str
    method: str
    attribute: str
    name: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with a copy at the beginning of the method.

        Raises:
            CannotChange: there is no such method.
        """
        path = f"self.{self.attribute}"
        copy = parse_statement(f"{self.name} = dict({path})")

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            others: dict[cst.CSTNode, Replacement] = {
                each: cst.Name(self.name)
                for each in list_own(method)
                if isinstance(each, cst.Attribute) and write_code(each) == path
            }
            first = list_body(open_block(method))[count_head(method) :][:1]
            if not others or any(each.deep_equals(copy) for each in first):
                return method
            method = open_block(replace_nodes(method, others))
            body, head = list_body(method), count_head(method)
            return with_body(method, [*body[:head], copy, *body[head:]])

        return change_method(module, self.owner, self.method, change)
