"""Spec text for the user to complete."""

from __future__ import annotations

from collections.abc import Sequence


def entry_for(name: str, parameters: Sequence[str]) -> str:
    """Return the lines to add below ``layers:`` for the class ``name``.

    ``parameters`` are the constructor arguments that it needs. Each ``...`` is for the
    user to replace; a spec in which one is left is refused.
    """
    init = ", ".join(f"{parameter}: ..." for parameter in parameters)
    lines = [f"  {name}:", f"    init: {{{init}}}" if init else "", "    input: {shape: [2, ...]}"]
    return "\n".join(line for line in lines if line)
