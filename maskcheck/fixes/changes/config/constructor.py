"""Lets ``__init__`` take what every layer takes, and hand it to the base class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.classes import find_class
from maskcheck.fixes.changes.methods import Replacement, change_method, replace_nodes
from maskcheck.fixes.changes.writing.blocks import open_block, parse_statement
from maskcheck.fixes.changes.writing.layout import indent_unit, is_typed
from maskcheck.fixes.changes.writing.parameters import add_parameters, list_parameters
from maskcheck.fixes.changes.writing.sequences import read_arguments, write_arguments
from maskcheck.fixes.changes.writing.supercall import add_super_call, find_super_call, list_calls

_ALWAYS = {"name": "None", "trainable": "True", "dtype": "None"}


@dataclass(frozen=True)
class TakeKeywords(Change):
    """Have ``__init__`` take **kwargs and hand them to the base class.

    Where they are for another call already, it takes name, trainable and dtype by name instead.
    """

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the other ``__init__``.

        Raises:
            CannotChange: the class has none.
        """
        unit = indent_unit(module)
        owner = find_class(module, self.owner)
        typed = owner is not None and is_typed(module, owner)

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            keywords = method.params.star_kwarg
            call = find_super_call(method)
            if keywords is not None and call is not None and _spreads(call, keywords.name.value):
                return method
            if keywords is not None and _is_used(method, keywords.name.value):
                return _take_by_name(method, unit)
            if keywords is None:
                annotation = cst.Annotation(cst.Name("Any")) if typed else None
                keyword = _parameter("kwargs", star="**", annotation=annotation)
                method = add_parameters(method, [keyword], unit)
            name = method.params.star_kwarg.name.value if method.params.star_kwarg else "kwargs"
            return _hand_on(method, [cst.Arg(cst.Name(name), star="**")], unit)

        return change_method(module, self.owner, "__init__", change)


@dataclass(frozen=True)
class RenameKeywords(Change):
    """Have ``__init__`` call its keywords **kwargs, the name that Keras looks for."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the other name.

        Raises:
            CannotChange: the class has no ``__init__``.
        """

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            keywords = method.params.star_kwarg
            if keywords is None or keywords.name.value == "kwargs":
                return method
            names: dict[cst.CSTNode, Replacement] = {
                each: each.with_changes(value="kwargs")
                for each in list_names(method)
                if each.value == keywords.name.value
            }
            return replace_nodes(method, names)

        return change_method(module, self.owner, "__init__", change)


@dataclass(frozen=True)
class FreeKeywords(Change):
    """Make arguments of what ``__init__`` fixes in the call of the base class, with that as their default."""

    owner: str
    names: tuple[str, ...] = ()

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the arguments; ``names`` says which, all literals where it is empty.

        Raises:
            CannotChange: the class has no ``__init__``.
        """
        unit = indent_unit(module)

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            call = find_super_call(method)
            taken = list_parameters(method)
            args = [
                arg
                for arg in (call.args if call else ())
                if arg.keyword is not None
                and arg.keyword.value not in taken
                and (not self.names or arg.keyword.value in self.names)
                and _is_literal(arg.value)
            ]
            names = [arg.keyword.value for arg in args if arg.keyword]
            values: dict[cst.CSTNode, Replacement] = {
                arg.value: cst.Name(name) for arg, name in zip(args, names, strict=True)
            }
            new = [_parameter(name, default=arg.value) for arg, name in zip(args, names, strict=True)]
            return add_parameters(replace_nodes(method, values), new, unit) if new else method

        return change_method(module, self.owner, "__init__", change)


def list_names(method: cst.FunctionDef) -> Iterator[cst.Name]:
    """Yield the names that stand for variables in a function, its parameters included."""
    skipped = set()
    for each in _walk(method):
        if isinstance(each, cst.Attribute):
            skipped.add(id(each.attr))
        elif isinstance(each, cst.Arg) and each.keyword is not None:
            skipped.add(id(each.keyword))
        elif isinstance(each, cst.Name) and id(each) not in skipped:
            yield each


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _hand_on(method: cst.FunctionDef, args: list[cst.Arg], unit: str) -> cst.FunctionDef:
    call = find_super_call(method)
    if call is None:
        method = add_super_call(open_block(method), parse_statement("super().__init__()"))
        call = find_super_call(method)
    if call is None:
        return method
    items = read_arguments(call)
    for arg in args:
        items = items.append(arg, unit)
    return replace_nodes(method, {call: write_arguments(call, items)})


def _take_by_name(method: cst.FunctionDef, unit: str) -> cst.FunctionDef:
    taken = list_parameters(method)
    call = find_super_call(method)
    given = [arg.keyword.value for arg in (call.args if call else ()) if arg.keyword is not None]
    new: list[cst.Param | cst.ParamStar] = [
        _parameter(name, default=cst.parse_expression(default))
        for name, default in _ALWAYS.items()
        if name not in taken
    ]
    if new and not isinstance(method.params.star_arg, cst.Param | cst.ParamStar):
        new.insert(0, cst.ParamStar())
    method = add_parameters(method, new, unit)
    passed = [name for name in _ALWAYS if name not in given]
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return _hand_on(method, [cst.Arg(cst.Name(name), cst.Name(name), equal=equal) for name in passed], unit)


def _parameter(
    name: str,
    *,
    star: str = "",
    default: cst.BaseExpression | None = None,
    annotation: cst.Annotation | None = None,
) -> cst.Param:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Param(
        cst.Name(name),
        star=star,
        default=default,
        annotation=annotation,
        equal=equal if default is not None else cst.MaybeSentinel.DEFAULT,
    )


def _spreads(call: cst.Call, name: str) -> bool:
    return any(
        arg.star == "**" and isinstance(arg.value, cst.Name) and arg.value.value == name for arg in call.args
    )


def _is_used(method: cst.FunctionDef, name: str) -> bool:
    """Tell whether **kwargs are for another call."""
    return any(_spreads(call, name) for call in list_calls(method))


def _is_literal(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.SimpleString | cst.Integer | cst.Float) or (
        isinstance(node, cst.Name) and node.value in ("None", "True", "False")
    )
