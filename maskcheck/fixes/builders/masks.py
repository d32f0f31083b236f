"""Edits for masks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.definitions import find_inherited_method
from maskcheck.fixes.changes.behaviour.state_in_init import StateInInit
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.masks.supports_masking_changed import SupportsMaskingChanged


def propose_masking(wanted: Wanted) -> Iterator[Edit]:
    """Let the layer pass masks on from the beginning."""
    subject, hint = wanted.finding.subjects[0], wanted.finding.hint
    if subject == "supports_masking" and hint:
        inherited = find_inherited_method(wanted.file, wanted.owner, "__init__")
        positional = inherited is not None and _takes_positions(inherited.node)
        parameters = "*args, **kwargs" if positional else "**kwargs"
        change = StateInInit(wanted.owner, hint, parameters)
        yield wanted.edit("Say in __init__ that the layer passes masks on", change, safe=False)


def _takes_positions(init: ast.FunctionDef) -> bool:
    return len(init.args.args) > 1 or init.args.vararg is not None


BUILDERS: Builders = {SupportsMaskingChanged.code: propose_masking}
