"""Instances of other classes that an argument may be."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Iterator

from maskcheck.lab.infer.guess.names import MARK, by_name
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.constructor import parameters, required_arguments
from maskcheck.lab.layer_class.outside import find_outside
from maskcheck.model.case import ObjectTag


def make_instances(cls: type) -> Iterator[ObjectTag]:
    """Yield an instance of ``cls``, with the likeliest values of what it requires, if it can have one."""
    if "<locals>" in cls.__qualname__ or inspect.isabstract(cls) or cls in (keras.Layer, keras.Model):
        return
    required = required_arguments(cls)
    if any(find_outside(cls).get(name) for name in required):
        return
    values = {name: next(iter(by_name(name)), 2) for name in required}
    yield ObjectTag(f"{cls.__module__}.{cls.__qualname__}", values, MARK)


def make_holders(user: type, attributes: tuple[str, ...]) -> Iterator[ObjectTag]:
    """Yield an instance of each class in the module of ``user`` that has all of the attributes.

    An object made up for them would not come back from a config as one of the real class does.
    """
    module = sys.modules.get(user.__module__)
    named = list(vars(module).values()) if module and attributes else []
    for cls in dict.fromkeys(value for value in named if isinstance(value, type)):
        if not issubclass(cls, keras.Layer) and _has_attributes(cls, attributes):
            yield from make_instances(cls)


def _has_attributes(cls: type, attributes: tuple[str, ...]) -> bool:
    fields = [field.name for field in dataclasses.fields(cls)] if dataclasses.is_dataclass(cls) else []
    known = {*fields, *parameters(cls)}
    return all(name in known or hasattr(cls, name) for name in attributes)
