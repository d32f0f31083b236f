"""Whether anything in this process may draw from TensorFlow's own random stream.

An op that takes its seed from the stream has an attribute or an input ``seed2``; others, such as all
that Keras' random functions use, are given a seed or hold one. Graphs keep their ops, so what was
made once may draw again, and it is noted for as long as the process lives.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from tensorflow.python import pywrap_tfe
from tensorflow.python.framework import op_def_library, op_def_registry

# What runs an op at once takes its name after the context, what puts it into a graph takes it first.
_PLACES = ((pywrap_tfe, "TFE_Py_FastPathExecute", 1), (op_def_library, "_apply_op_helper", 0))
_SEED = "seed2"
# The names of the ops that were run; None as long as nobody notes them.
_seen: set[str] | None = None


def note_ops() -> None:
    """Note from now on which ops are run; to be called before any code of the user's."""
    global _seen  # noqa: PLW0603
    if _seen is None:
        _seen = set()
        for module, name, place in _PLACES:
            setattr(module, name, _noting(_seen, getattr(module, name), place))


def may_draw() -> bool:
    """Tell whether TensorFlow's stream may be drawn from; it may where nobody notes the ops."""
    return _seen is None or any(map(_is_random, _seen))


def _noting(seen: set[str], run: Callable[..., Any], place: int) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        seen.add(args[place])
        return run(*args, **kwargs)

    return call


@cache
def _is_random(op: str) -> bool:
    definition = op_def_registry.get(op)
    return definition is not None and any(
        part.name == _SEED for part in (*definition.attr, *definition.input_arg)
    )
