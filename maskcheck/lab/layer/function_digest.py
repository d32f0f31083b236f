"""What a function does, as a short text: functions made alike from the same source get the same."""

from __future__ import annotations

import hashlib
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

from maskcheck.model.value import Value


def captured(function: Any) -> Iterator[Any]:
    """Yield the values that a function holds: its defaults and the variables of its closure."""
    yield getattr(function, "__defaults__", None)
    yield getattr(function, "__kwdefaults__", None)
    for cell in getattr(function, "__closure__", None) or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not assigned yet
            yield None


def digest(function: Any, held: list[Value]) -> str:
    """Return a digest of the code of ``function`` and of what it holds; "" where it has no code."""
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    with np.printoptions(threshold=sys.maxsize, floatmode="unique"):
        text = repr((_body(code), held))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _body(code: types.CodeType) -> tuple[Any, ...]:
    """Return what a code object does, that of the functions inside included."""
    return code.co_code, code.co_names, [_constant(each) for each in code.co_consts]


def _constant(value: Any) -> Any:
    if isinstance(value, types.CodeType):
        return _body(value)
    return sorted(map(repr, value)) if isinstance(value, frozenset) else value
