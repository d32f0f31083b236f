"""Where a call of a layer enters the code of its class."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from maskcheck.lab.keras_api import is_keras, keras

_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def bypasses_call(cls: type[keras.Layer]) -> bool:
    """Tell whether calling a layer of a class runs a ``__call__`` that is not Keras' own."""
    return not is_keras(cls.__call__)


def find_entry(cls: type[keras.Layer]) -> Callable[..., Any]:
    """Return the function whose parameters a call has: ``call``, or a ``__call__`` that takes others.

    One that takes any arguments hands them on to ``call``, where there is one.
    """
    own: Callable[..., Any] = cls.__call__
    defined: Callable[..., Any] = cls.call
    if not bypasses_call(cls):
        return defined
    hands_on = any(p.kind in _VARIADIC for p in read_parameters(own).values())
    return defined if hands_on and defined is not keras.Layer.call else own


def read_parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """Return the parameters of a function by name; none where it cannot be inspected."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}
