"""What a change of source text is."""

from __future__ import annotations

from abc import ABC, abstractmethod

import libcst as cst


class CannotChange(Exception):
    """The source is not such that a change can be made in it; the text says why."""


class Change(ABC):
    """A change of one module that keeps all other text as it is.

    A subclass is a frozen dataclass, so that a change that two layers need is made once. It names classes
    and methods instead of lines, so that it can follow other changes.
    """

    @abstractmethod
    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the change made; the same module where nothing is to change.

        Raises:
            CannotChange: there is no place for it.
        """
