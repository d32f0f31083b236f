"""Cases: the ways to construct and call one class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maskcheck.model.case import Case, Mark, Preparation, SpecValue
from maskcheck.specfile.read.call_arguments import read_call_argument
from maskcheck.specfile.read.dtypes import read_variants
from maskcheck.specfile.read.values import read_arguments, read_value
from maskcheck.yamlfile.fields import read_fields, read_items, read_nonempty_items, read_text
from maskcheck.yamlfile.nodes import Node, Pair, error_at

_CLASS_KEY_HINT = "it belongs to the class, beside 'cases'"
CASE_KEYS = ("init", "input", "args", "call", "prepare")
_INIT_HINT = "write init: {name_of_argument: value}"
_CALL_HINT = "write call: {training: false}"
_ARGS_HINT = "write args: [{shape: [2, 5]}, {shape: [2, 7]}]"
_PREPARE_HINT = "write prepare: [{method: adapt, args: [{shape: [8, 4]}]}]"


def read_cases(node: Node) -> tuple[Case, ...]:
    """Return the cases that ``node`` lists; those without an id are case-1, case-2, by position.

    Raises:
        SpecError: there is none, two have one id, or a case is faulty.
    """
    cases: dict[str, Case] = {}
    items = read_nonempty_items(
        node, "'cases'", "write cases: [{id: plain, init: {}, input: {shape: [2, 5]}}]"
    )
    for number, item in enumerate(items, 1):
        known = ("id", *CASE_KEYS, "dtypes")
        elsewhere = dict.fromkeys(("probe", "expect", "skip"), _CLASS_KEY_HINT)
        fields = read_fields(item, "a case", known, "give it init and input", elsewhere)
        if not fields:
            raise error_at(item, "a case is empty", "give it init and input")
        named = fields.get("id")
        name = read_text(named.value, "'id'", "put it in quotes") if named else f"case-{number}"
        if name in cases:
            raise error_at(
                named.value if named else item, f"two cases have the id {name!r}", "give each its own"
            )
        cases[name] = read_case(fields, name, item.mark)
    return tuple(cases.values())


def read_case(fields: Mapping[str, Pair], name: str, mark: Mark) -> Case:
    """Return the case ``name`` that ``fields`` describe; other keys than those of a case are ignored.

    Raises:
        SpecError: it has both ``input`` and ``args``, or one of its parts is faulty.
    """
    parts = {key: fields[key].value for key in CASE_KEYS if key in fields}
    if "input" in parts and "args" in parts:
        raise error_at(fields["args"].key, "a case has both 'input' and 'args'", "keep one of them")
    return Case(
        id=name,
        init=read_arguments(parts["init"], "'init'", hint=_INIT_HINT) if "init" in parts else {},
        args=_read_positional(parts),
        call=read_arguments(parts["call"], "'call'", leaves=True, hint=_CALL_HINT) if "call" in parts else {},
        prepare=_read_preparations(parts["prepare"]) if "prepare" in parts else (),
        dtypes=read_dtypes(fields),
        mark=mark,
    )


def read_dtypes(fields: Mapping[str, Pair]) -> tuple[str, ...]:
    """Return the variants in which ``fields`` want a case, or all cases of an entry, repeated.

    Raises:
        SpecError: what they list is none.
    """
    return read_variants(fields["dtypes"].value) if "dtypes" in fields else ()


def _read_positional(parts: Mapping[str, Node]) -> tuple[Any, ...]:
    if "input" in parts:
        return (read_call_argument(parts["input"]),)
    if "args" in parts:
        return tuple(
            read_call_argument(item) for item in read_nonempty_items(parts["args"], "'args'", _ARGS_HINT)
        )
    return ()


def _read_preparations(node: Node) -> tuple[Preparation, ...]:
    return tuple(_read_preparation(item) for item in read_nonempty_items(node, "'prepare'", _PREPARE_HINT))


def _read_preparation(node: Node) -> Preparation:
    fields = read_fields(node, "a step of 'prepare'", ("method", "args", "kwargs"), _PREPARE_HINT)
    if "method" not in fields:
        raise error_at(node, "a step of 'prepare' has no 'method'", _PREPARE_HINT)
    method = read_text(fields["method"].value, "'method'", _PREPARE_HINT)
    if not method.isidentifier():
        raise error_at(fields["method"].value, f"{method!r} is not the name of a method", _PREPARE_HINT)
    args = read_items(fields["args"].value, "'args' of 'prepare'", _PREPARE_HINT) if "args" in fields else ()
    kwargs = fields.get("kwargs")
    return Preparation(
        method=method,
        args=tuple(read_value(item, leaves=True) for item in args),
        kwargs=_read_keywords(kwargs.value) if kwargs else {},
        mark=node.mark,
    )


def _read_keywords(node: Node) -> dict[str, SpecValue]:
    return read_arguments(node, "'kwargs' of 'prepare'", leaves=True, hint=_PREPARE_HINT)
