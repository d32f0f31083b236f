"""Which attributes each constructor argument ends up in, as the text of ``__init__`` shows it."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from maskcheck.source.arguments.taint import Tracker
from maskcheck.source.syntax_tree import read_method


def attribute_flows(file: str, qualname: str) -> Mapping[str, tuple[str, ...]]:
    """Follow each parameter of a class' own ``__init__`` to the attributes it is kept in.

    Args:
        file: path of the source file.
        qualname: name inside the module, such as ``A``, ``A.B`` or ``make.<locals>.A``.

    Returns:
        For each parameter but self the attribute paths it flows into (``units``,
        ``inner.units``): first the one of its own name, then in source order those
        computed from it, then those that only depend on a test of it. ``super:units``
        says that it is handed to ``super().__init__(units=..)``, ``super:0`` to its
        first positional argument, ``super:*`` and ``super:**`` that it is unpacked there.
        Empty when the file holds no such class, or the class no ``__init__``.
    """
    init = read_method(file, qualname, "__init__")
    return flows_in_init(init) if init else {}


def flows_in_init(init: ast.FunctionDef | ast.AsyncFunctionDef) -> Mapping[str, tuple[str, ...]]:
    """Return the flows of one ``__init__``, as ``flows`` does."""
    signature = init.args
    named = [*signature.posonlyargs, *signature.args, *filter(None, [signature.vararg])]
    every = [*named, *signature.kwonlyargs, *filter(None, [signature.kwarg])]
    this, *parameters = [parameter.arg for parameter in every] or ["self"]
    tracker = Tracker(this, parameters)
    try:
        tracker.run(init.body)
    except RecursionError:  # an expression nested too deeply to follow
        return {}
    return {name: tracker.reached(name) for name in parameters}
