"""Gives an attribute another name."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.classes import change_class
from maskcheck.fixes.changes.nodes.names import rename_attribute


@dataclass(frozen=True)
class RenameAttribute(Change):
    """Gives ``self.<attribute>`` another name in all methods of a class."""

    owner: str
    attribute: str
    new: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Rename it wherever it is read or assigned."""
        return change_class(module, self.owner, lambda node: rename_attribute(node, self.attribute, self.new))
