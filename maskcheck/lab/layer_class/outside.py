"""Which constructor arguments of a live class name something outside the program."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping

from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer_class.constructor import parameters
from maskcheck.lab.layer_class.describe import source_file
from maskcheck.source.arguments.outside import names_outside, used_outside
from maskcheck.source.arguments.usage import argument_usages

# Kinds of values that are no path, however the argument is called.
_CONTENT = frozenset({"sequence", "mapping", "array", "layer", "callable", "factory", "cell"})
_PLAIN = frozenset({"integer", "number", "flag"})


def find_outside(cls: type) -> Mapping[str, str]:
    """Return what each argument names that is for something outside: a file or folder, an address, ...

    One that may also be the content itself, such as a list of words, is not among them.
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    opened = used_outside(*_list_sources(cls))
    for owner in cls.__mro__:
        if owner in (keras.Layer, keras.Model, object):
            break
        if "__init__" not in vars(owner):
            continue
        file = source_file(owner)
        usages = argument_usages(file, owner.__qualname__) if file else {}
        for name, parameter in parameters(owner).items():
            if name in seen:
                continue
            seen.add(name)
            kinds = frozenset(usages[name].kinds) if name in usages else frozenset()
            what = opened.get(name) or _name_by_itself(parameter, kinds)
            if what and not kinds & _CONTENT:
                found[name] = what
    return found


def find_opened(cls: type) -> frozenset[str]:
    """Return the arguments that the class opens, runs or connects to, also where they may be content."""
    return frozenset(used_outside(*_list_sources(cls)))


def _list_sources(cls: type) -> list[tuple[str, str]]:
    """Return file and name of the class and of its bases, but for those of Keras itself."""
    owners = [owner for owner in cls.__mro__ if owner is not object and not is_keras(owner)]
    return [(file, owner.__qualname__) for owner in owners if (file := source_file(owner))]


def invents_none(what: str) -> str:
    """Return why an argument that names something outside gets no value."""
    return f"it names {what}, and maskcheck invents none"


def _name_by_itself(parameter: inspect.Parameter, kinds: frozenset[str]) -> str:
    """Return what an argument names by its name and annotation; a number or a flag names nothing."""
    annotation = _annotation_text(parameter.annotation)
    what = names_outside(parameter.name, annotation)
    default = parameter.default
    named = default is inspect.Parameter.empty or isinstance(default, (str, bytes, os.PathLike, type(None)))
    if kinds & _PLAIN or not named:
        return names_outside(parameter.name, "int") if type(default) in (int, type(None)) else ""
    return what


def _annotation_text(annotation: object) -> str:
    if annotation is inspect.Parameter.empty:
        return ""
    if isinstance(annotation, str):
        return annotation
    return annotation.__qualname__ if isinstance(annotation, type) else str(annotation)
