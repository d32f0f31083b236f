"""MC002."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.rules.rule import Rule
from maskcheck.spec.suggest import entry_for


class NoCase(Rule):
    """The spec has no case for a layer, so it could not be checked."""

    code = "MC002"
    name = "no-case"
    routes = ()

    def missing(self, subject: Subject, required: Sequence[str]) -> Finding:
        """Return the finding for a subject without a case, with the entry to complete.

        Args:
            required: the constructor arguments that have no default.
        """
        needs = f" its arguments {', '.join(required)} and" if required else ""
        return Finding(
            self.code,
            self.name,
            self.severity,
            subject.name,
            f"the spec has no case for {subject.name}: add{needs} the shape of its input below layers:",
            hint=entry_for(subject.name, required),
            file=subject.file,
            line=subject.line,
        )
