"""Says in ``__init__`` what a layer is."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.classes import get_class
from maskcheck.fixes.changes.methods import change_method, find_method
from maskcheck.fixes.changes.nodes.bodies import find_place_after_super, insert_statements
from maskcheck.fixes.changes.nodes.code import read_statements


@dataclass(frozen=True)
class StateInInit(Change):
    """Writes a statement into ``__init__``, below the call of the base class's.

    ``parameters`` are those of the ``__init__`` of a class that has none, as "**kwargs".
    """

    owner: str
    statement: str
    parameters: str = "**kwargs"

    def apply(self, module: cst.Module) -> cst.Module:
        """Add the statement, unless it is there, with an ``__init__`` where there is none."""
        if find_method(get_class(module, self.owner), "__init__") is None:
            code = (
                f"def __init__(self, {self.parameters}):\n"
                f"    super().__init__({self.parameters})\n"
                f"    {self.statement}"
            )
            return AddMethod(self.owner, code).apply(module)
        statements = read_statements(self.statement)
        return change_method(
            module,
            self.owner,
            "__init__",
            lambda init: insert_statements(init, find_place_after_super(init), statements),
        )
