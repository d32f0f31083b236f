"""MC008."""

from __future__ import annotations

from maskcheck.rules.rule import Rule


class StaleExpectation(Rule):
    """An expected failure of the spec no longer fails, has expired, or names nothing.

    What it finds
        An entry of `expect` in maskcheck.yaml that fits no finding: the fault was
        mended, the rule or the subject is misspelt, or the day in `until` has passed.

    Why it matters
        An expectation that outlives its fault would hide the next one of its kind.

    Bad
        ```yaml
        version: 1
        layers:
          SequenceMask:
            init: {max_length: 5}
            input: {shape: [3, 5], dtype: int32}
            expect:
              - {rule: MC101, subject: max_len, reason: "kept for old files"}
        ```

    Good
        ```yaml
        version: 1
        layers:
          SequenceMask:
            init: {max_length: 5}
            input: {shape: [3, 5], dtype: int32}
            expect:
              - {rule: MC101, subject: max_length, reason: "kept for old files"}
        ```

    Fix
        Remove the entry if the fault is gone. Otherwise correct it after the
        finding: `subject` is the name that stands there.
    """

    code = "MC008"
    name = "stale-expectation"
    routes = ()
