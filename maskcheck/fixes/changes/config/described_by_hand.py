"""Has Keras describe the parts of a layer."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.config.dicts import list_maker_entries
from maskcheck.fixes.changes.methods import Replacement, change_method, list_own, replace_nodes


@dataclass(frozen=True)
class SerializeParts(Change):
    """Have ``function`` describe each object that ``get_config`` describes by a dict of its own."""

    owner: str
    function: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with calls in the place of the dicts of class_name and config.

        Raises:
            CannotChange: the class has no ``get_config``.
        """

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            others: dict[cst.CSTNode, Replacement] = {}
            for each in list_own(method):
                described = _read_described(each) if isinstance(each, cst.Dict) else None
                if described is not None:
                    called = cst.parse_expression(self.function)
                    others[each] = cst.Call(called, [cst.Arg(described)])
            return replace_nodes(method, others)

        return change_method(module, self.owner, "get_config", change)


def _read_described(node: cst.Dict) -> cst.BaseExpression | None:
    """Return the object of ``{"class_name": .., "config": <object>.get_config()}``."""
    named = list(list_maker_entries(node, "class_name"))
    for entry in list_maker_entries(node, "config") if named else ():
        call = entry.value
        func = call.func if isinstance(call, cst.Call) else None
        if isinstance(func, cst.Attribute) and func.attr.value == "get_config":
            return func.value
    return None
