"""Begins the config with what the base class writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import change_method, list_own, replace_nodes
from maskcheck.fixes.changes.writing.blocks import list_small
from maskcheck.fixes.changes.writing.layout import indent_unit, write_fitting
from maskcheck.fixes.changes.writing.sequences import read_arguments, read_dict, write_arguments, write_dict

_BASE = "super().get_config()"


@dataclass(frozen=True)
class StartFromSuper(Change):
    """Have ``get_config`` begin with what the base class writes; its own entries stay as they are."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with ``super().get_config()`` at the beginning of the config.

        Raises:
            CannotChange: the class has no ``get_config``, or it is not to be seen what it returns.
        """
        return write_fitting(module, lambda spread: self._write(module, spread=spread))

    def _write(self, module: cst.Module, *, spread: bool) -> cst.Module:
        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            if _calls_super(method):
                return method
            value = _find_value(method)
            return replace_nodes(method, {value: _begin(value, indent_unit(module), spread=spread)})

        return change_method(module, self.owner, "get_config", change)


def _find_value(method: cst.FunctionDef) -> cst.BaseExpression:
    """Return the expression that makes the config: what is returned, or the first value of its name."""
    body = [placed.small for placed in list_small(method)]
    returned = [each for each in body if isinstance(each, cst.Return)]
    if len(returned) != 1 or returned[0].value is None:
        raise CannotChange("get_config returns in several places, or nothing")
    value = returned[0].value
    if not isinstance(value, cst.Name):
        return value
    for small in body:
        targets: list[cst.BaseExpression] = []
        if isinstance(small, cst.Assign):
            targets = [each.target for each in small.targets]
        elif isinstance(small, cst.AnnAssign):
            targets = [small.target]
        if small.value is not None and any(  # type: ignore[attr-defined]
            isinstance(each, cst.Name) and each.value == value.value for each in targets
        ):
            return small.value  # type: ignore[attr-defined,no-any-return]
    raise CannotChange(f"get_config gets {value.value} from elsewhere")


def _begin(value: cst.BaseExpression, unit: str, *, spread: bool) -> cst.BaseExpression:
    base = cst.parse_expression(_BASE)
    if _is_empty(value):
        return base
    if not isinstance(value, cst.Dict):
        if _has_keywords(value):
            items = read_arguments(value).prepend(cst.Arg(base))
            return write_arguments(value, items.spread(unit) if spread else items)
        value = cst.Dict([cst.StarredDictElement(value)])
    entries = read_dict(value).prepend(cst.StarredDictElement(base))
    return write_dict(value, entries.spread(unit) if spread else entries)


def _has_keywords(value: cst.BaseExpression) -> TypeGuard[cst.Call]:
    called = isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "dict"
    return called and all(arg.keyword is not None for arg in value.args)  # type: ignore[attr-defined]


def _is_empty(value: cst.BaseExpression) -> bool:
    if isinstance(value, cst.Dict):
        return not value.elements
    called = isinstance(value, cst.Call) and not value.args
    return called and isinstance(value.func, cst.Name) and value.func.value == "dict"  # type: ignore[attr-defined]


def _calls_super(method: cst.FunctionDef) -> bool:
    return any(
        isinstance(each, cst.Attribute)
        and each.attr.value == "get_config"
        and isinstance(each.value, cst.Call)
        and isinstance(each.value.func, cst.Name)
        and each.value.func.value == "super"
        for each in list_own(method)
    )
