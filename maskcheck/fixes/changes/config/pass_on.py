"""Has ``from_config`` pass on what it is given."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import (
    Replacement,
    change_method,
    list_own,
    replace_nodes,
    write_code,
)
from maskcheck.fixes.changes.writing.blocks import (
    Placed,
    drop_statement,
    list_small,
)
from maskcheck.fixes.changes.writing.parameters import list_parameters, name_config


@dataclass(frozen=True)
class PassOnConfig(Change):
    """Have ``from_config`` make its own class, of all keys of the config."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with ``cls(**config)`` in the place of the call that makes the layer.

        Raises:
            CannotChange: the class has no ``from_config``, or no call in it makes a layer.
        """
        return change_method(module, self.owner, "from_config", _pass_on)


def _pass_on(method: cst.FunctionDef) -> cst.FunctionDef:
    config = name_config(method)
    body = list_small(method)
    made = [each for each in body if _makes_layer(each.small, body)]
    if not made:
        raise CannotChange("from_config makes no layer")
    others: dict[cst.CSTNode, Replacement] = {}
    for placed in made:
        value = placed.small.value  # type: ignore[attr-defined]
        asked = isinstance(value.func, cst.Attribute) and write_code(value.func) == "super().from_config"
        new = f"super().from_config({config})" if asked else f"{list_parameters(method)[0]}(**{config})"
        if write_code(value) != new:
            others[value] = cst.parse_expression(new)
    changed = replace_nodes(method, others)
    return _drop_unread(changed) if others else method


def _makes_layer(small: cst.BaseSmallStatement, body: list[Placed]) -> bool:
    """Tell whether a statement returns a call, or assigns one to the name that is returned."""
    returned = {
        each.small.value.value
        for each in body
        if isinstance(each.small, cst.Return) and isinstance(each.small.value, cst.Name)
    }
    if isinstance(small, cst.Return):
        return isinstance(small.value, cst.Call)
    if not isinstance(small, cst.Assign) or not isinstance(small.value, cst.Call):
        return False
    return any(isinstance(t.target, cst.Name) and t.target.value in returned for t in small.targets)


def _drop_unread(method: cst.FunctionDef) -> cst.FunctionDef:
    """Return a function without the assignments of plain values that it reads no longer."""
    read = [each.value for each in list_own(method.body) if isinstance(each, cst.Name)]
    dropped: dict[cst.CSTNode, Replacement] = {}
    for placed in list_small(method):
        small = placed.small
        if isinstance(small, cst.Assign) and len(small.targets) == 1:
            target = small.targets[0].target
            calls = any(isinstance(each, cst.Call | cst.Await | cst.Yield) for each in list_own(small.value))
            if isinstance(target, cst.Name) and read.count(target.value) == 1 and not calls:
                dropped.update([drop_statement(placed)])
    return replace_nodes(method, dropped)
