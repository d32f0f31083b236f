"""Spec text for the user to complete."""

from __future__ import annotations

from typing import Any

from maskcheck.model.case import Inference, Leaf
from maskcheck.specfile.write.layout import entry_lines
from maskcheck.specfile.write.outline import Gap, Outline, outline_arguments

_FREE = Leaf(shape=(2,))


def draft_entry(name: str, inference: Inference, indent: int = 2, step: int = 2) -> str:
    """Return the lines to add below ``layers:`` for the class ``name``, as far as they are known.

    Each ``...`` is for the user to replace; a spec in which one is left is refused.

    Args:
        inference: the arguments that are known and those that are not.
        indent: the column of the name, from 0.
        step: how much deeper each further level is.
    """
    missing = {parameter: Gap() for parameter in inference.missing}
    init: Outline = {**outline_arguments(inference.init), **missing}
    args = [_outline_draft(tree) for tree in inference.args or (_FREE,)]
    call = {parameter: _outline_draft(value) for parameter, value in inference.call.items()}
    fields: dict[str, Outline] = {"init": init} if init else {}
    fields |= {"input": args[0]} if len(args) == 1 else {"args": args}
    return "\n".join(entry_lines(name, fields | ({"call": call} if call else {}), indent, step))


def _outline_draft(tree: Any) -> Outline:
    """Return the outline of a tree of tensors, of whose shapes only the batch dimension is given."""
    match tree:
        case Leaf(shape=shape, dtype=dtype):
            return {"shape": [*(shape or (2,))[:1], Gap()], **({"dtype": dtype} if dtype else {})}
        case dict():
            return {key: _outline_draft(item) for key, item in tree.items()}
        case list() | tuple():
            return [_outline_draft(item) for item in tree]
    return outline_arguments({"value": tree}, leaves=True)["value"]
