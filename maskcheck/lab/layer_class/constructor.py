"""Which arguments ``__init__`` really receives, there and on the way back.

A profile hook reads them from the frame: unlike a patched ``__init__`` it leaves
the class as it is, which matters because Keras inspects the signature.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from maskcheck.lab.layer.plain import freeze
from maskcheck.model.value import ABSENT, Value


class Recorder:
    """Collects the arguments of each ``__init__`` call of one class, by instance."""

    def __init__(self, cls: type) -> None:
        self._code = _init_code(cls)
        self._calls: list[tuple[Any, dict[str, Value]]] = []

    def of(self, instance: object) -> Mapping[str, Value] | None:
        """Return what the instance was constructed with, ``**kwargs`` spread out; None if unseen."""
        return next((arguments for owner, arguments in self._calls if owner is instance), None)

    def _profile(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or frame.f_code is not self._code:
            return
        code, values = frame.f_code, dict(frame.f_locals)
        named = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        arguments = {name: freeze(values[name]) for name in named[1:] if name in values}
        rest = code.co_argcount + code.co_kwonlyargcount
        if code.co_flags & inspect.CO_VARARGS:
            arguments[f"*{code.co_varnames[rest]}"] = freeze(values.get(code.co_varnames[rest]))
            rest += 1
        if code.co_flags & inspect.CO_VARKEYWORDS:
            extra = values.get(code.co_varnames[rest]) or {}
            arguments.update({name: freeze(value) for name, value in dict(extra).items()})
        self._calls.append((values[named[0]], arguments))


@contextmanager
def recording(cls: type) -> Iterator[Recorder]:
    """Record the constructor calls of ``cls`` made by this thread."""
    recorder = Recorder(cls)
    if recorder._code is None:
        yield recorder
        return
    previous = sys.getprofile()
    sys.setprofile(recorder._profile)
    try:
        yield recorder
    finally:
        sys.setprofile(previous if callable(previous) else None)


def _init_code(cls: type) -> CodeType | None:
    init = inspect.unwrap(cls.__init__)  # type: ignore[misc]
    return getattr(init, "__code__", None)


def parameters(cls: type) -> Mapping[str, inspect.Parameter]:
    """Return the parameters of ``__init__`` without self; {} if it cannot be inspected."""
    try:
        found = inspect.signature(cls.__init__).parameters  # type: ignore[misc]
    except (TypeError, ValueError):
        return {}
    return dict(list(found.items())[1:])


def accepts(cls: type, name: str) -> bool:
    """Tell whether ``__init__`` takes the keyword argument, by name or in ``**kwargs``."""
    found = parameters(cls)
    kinds = {parameter.kind for parameter in found.values()}
    named = name in found and found[name].kind is not inspect.Parameter.POSITIONAL_ONLY
    return named or inspect.Parameter.VAR_KEYWORD in kinds


def default_of(cls: type, name: str) -> Value:
    """Return the frozen default of a parameter, ABSENT where it has none."""
    parameter = parameters(cls).get(name)
    if parameter is None or parameter.default is inspect.Parameter.empty:
        return ABSENT
    return freeze(parameter.default)


def required_arguments(cls: type) -> tuple[str, ...]:
    """Return the constructor arguments that have no default."""
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    found = parameters(cls).items()
    return tuple(n for n, p in found if p.default is inspect.Parameter.empty and p.kind not in variadic)
