"""All arguments that a constructor takes, those of its parents through ``**kwargs`` included."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.constructor import parameters, required_arguments

BASE = ("trainable", "dtype", "activity_regularizer", "autocast")
_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


@dataclass(frozen=True)
class Parameter:
    """One argument: its default (``empty`` without one), annotation, and the class that names it."""

    name: str
    default: Any
    annotation: Any
    owner: type


def all_parameters(cls: type[keras.Layer]) -> Mapping[str, Parameter]:
    """Return every argument by name, up to the first constructor that passes no ``**kwargs`` on.

    Keras' own Layer and what stands above it are left out.
    """
    found: dict[str, Parameter] = {}
    for owner in cls.__mro__:
        if owner is keras.Layer:
            break
        if "__init__" not in vars(owner):
            continue
        named = parameters(owner)
        for name, parameter in named.items():
            if parameter.kind in _NAMED:
                annotation = _resolved(parameter.annotation, owner)
                found.setdefault(name, Parameter(name, parameter.default, annotation, owner))
        if not any(p.kind is inspect.Parameter.VAR_KEYWORD for p in named.values()):
            break
    return found


def _resolved(annotation: Any, owner: type) -> Any:
    """Return what an annotation that is kept as text stands for; the text where that cannot be told."""
    init = inspect.unwrap(vars(owner)["__init__"])
    try:
        known = dict(getattr(init, "__globals__", {}))
        return eval(annotation, known) if isinstance(annotation, str) else annotation
    except Exception:
        return annotation


def is_lost_alone(cls: type, name: str, arguments: Mapping[str, Any]) -> bool:
    """Tell whether a class of Keras leaves an argument, or its value, out of its own config.

    Args:
        arguments: live values for its constructor, the probed one among them, not None.
    """
    for names in (parameters(cls), (*required_arguments(cls), name), all_parameters(cls)):
        try:
            alone = cls(**{each: arguments[each] for each in names if each in arguments})
            return alone.get_config().get(name) is None
        except Exception:
            continue
    return False
