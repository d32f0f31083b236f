"""Calls a layer as Keras does."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, list_own, replace_nodes, write_code


@dataclass(frozen=True)
class CallThroughBase(Change):
    """Calls ``super().__call__`` where ``__call__`` calls ``self.call`` itself."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Change each such call."""
        found: dict[cst.CSTNode, cst.BaseExpression] = {}
        for method in list_methods(get_class(module, self.owner)):
            for each in list_own(method) if method.name.value == "__call__" else ():
                if isinstance(each, cst.Attribute) and write_code(each) == "self.call":
                    found[each] = cst.parse_expression("super().__call__")
        return change_class(module, self.owner, lambda node: replace_nodes(node, found)) if found else module
