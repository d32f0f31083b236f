"""What is known of a subject besides its behaviour: its arguments and its methods."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import keras

from maskcheck.lab.arguments import default_of, parameters
from maskcheck.lab.build import Built
from maskcheck.model.evidence import Argument, Method
from maskcheck.source.flow import flows
from maskcheck.source.methods import class_source

BASE_ARGUMENTS = ("name", "dtype", "trainable", "autocast", "activity_regularizer")
METHODS = (
    "__init__",
    "build",
    "call",
    "compute_mask",
    "get_config",
    "from_config",
    "get_build_config",
    "build_from_config",
    "save_own_variables",
    "load_own_variables",
    "save_assets",
    "load_assets",
)


def arguments(cls: type[keras.Layer], built: Built) -> tuple[Argument, ...]:
    """Return every constructor argument of the case with what the source says of its way."""
    ways = _ways(cls)
    return tuple(
        Argument(
            name=name,
            given=given,
            default=default_of(cls, name),
            attributes=tuple(way for way in ways.get(name, ()) if not way.startswith("super:")),
            base=name in BASE_ARGUMENTS and _reaches_base(cls, name, ways.get(name, ())),
            explicit=name in built.explicit,
        )
        for name, given in built.arguments.items()
        if not name.startswith("*")
    )


def _reaches_base(cls: type[keras.Layer], name: str, ways: tuple[str, ...]) -> bool:
    """Tell whether Keras' own Layer gets the argument: in ``**kwargs`` or passed on by name."""
    return name not in parameters(cls) or not ways or any(way.startswith("super:") for way in ways)


def _ways(cls: type[keras.Layer]) -> dict[str, tuple[str, ...]]:
    """Return the attributes each argument flows into, in the class and its own bases."""
    found: dict[str, tuple[str, ...]] = {}
    for base in cls.__mro__:
        if _is_builtin(base):
            break
        file = _file(base)
        for name, ways in flows(file, base.__qualname__).items() if file else ():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *ways)))
    return found


def methods(cls: type[keras.Layer]) -> Mapping[str, Method]:
    """Return where each method that takes part in a round trip is defined."""
    return {name: _method(cls, name) for name in METHODS}


def _method(cls: type[keras.Layer], name: str) -> Method:
    owner = next((base for base in cls.__mro__ if name in vars(base)), keras.Layer)
    file = _file(owner) or ""
    source = class_source(file, owner.__qualname__) if file and not _is_builtin(owner) else None
    method = source.methods.get(name) if source else None
    line = method.line if method else _line(vars(owner).get(name))
    return Method(
        name=name,
        file=file,
        line=line,
        own=owner is cls,
        builtin=_is_builtin(owner),
        write_line=getattr(method, "write_line", None),
    )


def _is_builtin(cls: type) -> bool:
    return cls.__module__.partition(".")[0] in ("keras", "tf_keras", "builtins", "tensorflow")


def _file(cls: type) -> str | None:
    try:
        return inspect.getsourcefile(cls)
    except (TypeError, OSError):
        return None


def _line(function: object) -> int:
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return getattr(code, "co_firstlineno", 0)
