"""MC002."""

from __future__ import annotations

from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import Rule


class NoCase(Rule):
    """The spec has no case for a layer, so it could not be checked.

    What it finds
        A layer for which maskcheck.yaml has no entry: nothing says which arguments
        it takes and which input it can be called on. Also an entry that cannot be
        used, such as one whose `!import` names nothing.
        A layer whose entry says `skip` with a reason is left out without a finding.

    Why it matters
        What was never built was never checked. A green run must not hide that.

    Bad
        ```yaml
        version: 1
        layers:
          PaddingMask:
            input: {shape: [3, 5], dtype: int32}
        ```

    Good
        ```yaml
        version: 1
        layers:
          PaddingMask:
            input: {shape: [3, 5], dtype: int32}
          SequenceMask:
            init: {max_length: 5}
            input: {shape: [3, 5], dtype: int32}
        ```

    Fix
        Put the entry that the finding prints below `layers:` and complete it. Give
        arguments other values than their defaults where you can: a default that
        comes back proves nothing. Shapes include the batch dimension.
    """

    code = "MC002"
    name = "no-case"
    no_script = "there is no case of it, so there is nothing to build"
    routes = ()
    mends = False

    def missing(self, subject: Subject, reason: str, entry: str) -> Finding:
        """Return the finding for a subject without a case.

        Args:
            reason: why none could be inferred.
            entry: the lines of a spec to complete.
        """
        return Finding(
            self.code,
            self.name,
            self.severity,
            (subject.name,),
            f"the spec has no case for {subject.name}, and none could be inferred: {reason}",
            hint=entry,
            file=subject.file,
            line=subject.line,
        )
