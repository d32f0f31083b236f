"""What the annotation of a parameter says of its value."""

from __future__ import annotations

import ast
import enum
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.lab.infer.guess.names import MARK, Values
from maskcheck.model.case import ImportTag

_LITERAL = re.compile(r"Literal\[([^\]]*)\]")
_WORDS = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_KINDS: Mapping[str, str] = {
    "int": "integer",
    "integer": "integer",
    "float": "number",
    "bool": "flag",
    "str": "text",
    **dict.fromkeys(("list", "tuple", "sequence", "iterable", "collection"), "sequence"),
    **dict.fromkeys(("dict", "mapping"), "mapping"),
    "callable": "callable",
    **dict.fromkeys(("layer", "model", "sequential"), "layer"),
    **dict.fromkeys(("ndarray", "tensor", "array", "tensorlike"), "array"),
}


@dataclass(frozen=True)
class Annotation:
    """The kinds that an annotation allows, in its order, and the values that it lists.

    ``classes`` are other classes that it names. ``length`` is that of a tuple, ``items`` the
    kind of what a container holds, ``keys`` that of a mapping's keys. ``frozen`` says that
    sequences are tuples.
    """

    kinds: tuple[str, ...] = ()
    choices: Values = ()
    classes: tuple[type, ...] = ()
    length: int | None = None
    items: str | None = None
    keys: str | None = None
    frozen: bool = False


def read_annotation(annotation: Any, namespace: Mapping[str, Any]) -> Annotation:
    """Return what ``annotation`` says; text is resolved in ``namespace`` as far as that is possible."""
    if isinstance(annotation, str):
        try:
            annotation = eval(annotation, dict(namespace))  # what typing.get_type_hints does
        except Exception:
            return _read_text(annotation)
    return _merge([_read_part(part) for part in _union_members(annotation)])


def _union_members(annotation: Any) -> list[Any]:
    """Return the members of a union, None left out, else the annotation itself."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _union_members(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [part for member in typing.get_args(annotation) for part in _union_members(member)]
    return [] if annotation in (None, type(None), Any) else [annotation]


def _read_part(part: Any) -> Annotation:
    origin, arguments = typing.get_origin(part), typing.get_args(part)
    if origin is typing.Literal:
        return Annotation(choices=tuple(arguments))
    if isinstance(part, type) and issubclass(part, enum.Enum):
        path = f"{part.__module__}.{part.__qualname__}"
        return Annotation(choices=tuple(ImportTag(f"{path}.{member.name}", MARK) for member in part))
    if origin is tuple and arguments and ... not in arguments:
        return Annotation(("sequence",), length=len(arguments), items=_type_kind(arguments[0]), frozen=True)
    named = origin if isinstance(origin, type) else part
    if not isinstance(named, type):
        return _read_text(str(part))
    kind = _type_kind(named)
    if kind == "mapping" and len(arguments) == 2:
        return Annotation((kind,), keys=_type_kind(arguments[0]), items=_type_kind(arguments[1]))
    if kind == "sequence" and arguments:
        return Annotation((kind,), items=_type_kind(arguments[0]), frozen=origin is tuple)
    plain = named.__module__ in ("builtins", "typing", "collections.abc")
    return Annotation((kind,) if kind else (), classes=() if plain else (named,), frozen=named is tuple)


def _type_kind(part: Any) -> str | None:
    """Return the kind of a plain type, or of the first of its bases that has one."""
    named = typing.get_origin(part) or part
    names = [base.__name__.lower() for base in named.__mro__] if isinstance(named, type) else []
    return next((_KINDS[name] for name in names if name in _KINDS), None)


def _read_text(text: str) -> Annotation:
    """Read an annotation that names what does not exist here: the words outside of brackets decide."""
    literals = _LITERAL.search(text)
    outer = re.sub(r"(?<=\w)\[[^\[\]]*\]", "", _LITERAL.sub("", re.sub(r"Optional|Union|None", "", text)))
    kinds = [_KINDS[word.lower()] for word in _WORDS.findall(outer) if word.lower() in _KINDS]
    inner = [] if kinds else [_KINDS[word.lower()] for word in _WORDS.findall(text) if word.lower() in _KINDS]
    return Annotation(
        tuple(dict.fromkeys(kinds or inner)), _literal_values(literals.group(1)) if literals else ()
    )


def _literal_values(text: str) -> Values:
    try:
        found = ast.literal_eval(f"({text},)")
    except (ValueError, SyntaxError):
        return ()
    return tuple(found)


def _merge(found: list[Annotation]) -> Annotation:
    return Annotation(
        kinds=tuple(dict.fromkeys(kind for one in found for kind in one.kinds)),
        choices=tuple(choice for one in found for choice in one.choices),
        classes=tuple(cls for one in found for cls in one.classes),
        length=next((one.length for one in found if one.length), None),
        items=next((one.items for one in found if one.items), None),
        keys=next((one.keys for one in found if one.keys), None),
        frozen=any(one.frozen for one in found),
    )
