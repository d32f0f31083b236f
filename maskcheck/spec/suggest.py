"""Spec text for the user to complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from maskcheck.model.case import SpecValue
from maskcheck.spec.layout import entry_lines
from maskcheck.spec.outline import Gap, Outline, outline_arguments


def entry_for(
    name: str,
    parameters: Sequence[str],
    init: Mapping[str, SpecValue] = MappingProxyType({}),
    indent: int = 2,
    step: int = 2,
) -> str:
    """Return the lines to add below ``layers:`` for the class ``name``.

    Each ``...`` is for the user to replace; a spec in which one is left is refused.

    Args:
        parameters: the constructor arguments that it needs and whose values are not known.
        init: those that are known.
        indent: the column of the name, from 0.
        step: how much deeper each further level is.
    """
    arguments = {**outline_arguments(init), **{parameter: Gap() for parameter in parameters}}
    fields: dict[str, Outline] = {"init": arguments} if arguments else {}
    return "\n".join(entry_lines(name, fields | {"input": {"shape": [2, Gap()]}}, indent, step))
