"""Reads and writes the parameters of a function as one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.writing.sequences import Items, join_end, split_end

_END = "whitespace_after_param"


def read_parameters(function: cst.FunctionDef) -> Items:
    """Return all parameters in order, with the marks ``/`` and ``*`` between them."""
    signature = function.params
    slash = [signature.posonly_ind] if isinstance(signature.posonly_ind, cst.ParamSlash) else []
    star = [signature.star_arg] if isinstance(signature.star_arg, cst.Param | cst.ParamStar) else []
    keywords = [signature.star_kwarg] if signature.star_kwarg else []
    row: list[Any] = [
        *(*signature.posonly_params, *slash, *signature.params),
        *(*star, *signature.kwonly_params, *keywords),
    ]
    return split_end(row, function.whitespace_before_params, _END)


def write_parameters(function: cst.FunctionDef, parameters: Items) -> cst.FunctionDef:
    """Return a function with other parameters, of which the stars say where they belong."""
    row, opening = join_end(parameters, _END)
    only: list[Any] = []
    plain: list[Any] = []
    parts: dict[str, Any] = {}
    for each in row:
        if isinstance(each, cst.ParamSlash):
            parts.update(posonly_params=plain, posonly_ind=each)
            plain = []
        elif isinstance(each, cst.ParamStar) or each.star == "*":
            parts["star_arg"] = each
        elif each.star == "**":
            parts["star_kwarg"] = each
        else:
            (only if "star_arg" in parts else plain).append(each)
    signature = cst.Parameters(params=plain, kwonly_params=only, **parts)
    return function.with_changes(params=signature, whitespace_before_params=opening)


def list_parameters(function: cst.FunctionDef) -> list[str]:
    """Return the names of all parameters."""
    return [each.name.value for each in read_parameters(function).items if isinstance(each, cst.Param)]


def name_config(method: cst.FunctionDef) -> str:
    """Return what ``from_config`` calls the config that it is given."""
    names = list_parameters(method)
    if len(names) < 2:
        raise CannotChange("from_config takes no config")
    return names[1]


def add_parameters(
    function: cst.FunctionDef, parameters: Sequence[cst.Param | cst.ParamStar], unit: str
) -> cst.FunctionDef:
    """Return a function with more parameters: before its **kwargs, if they are none themselves."""
    row = read_parameters(function)
    for each in parameters:
        keywords = function.params.star_kwarg is not None
        row = row.insert(len(row.items) - keywords, each, unit)
    return write_parameters(function, row)
