"""MC008."""

from __future__ import annotations

from maskcheck.rules.base.rule import Rule


class StaleExpectation(Rule):
    """An expected failure no longer fails, has expired, or names nothing.

    What it finds
        An entry of `expect` in maskcheck.yaml, an entry of the baseline or a comment
        `# maskcheck: expect` that fits no finding: the fault was mended, the rule or
        the subject is misspelt, the class is gone, or the day in `until` has passed.
        What a scan could not have shown, on a route that it did not take for
        instance, is left alone.

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
        Remove the entry or comment if the fault is gone; `maskcheck baseline prune`
        does so in the baseline. Otherwise correct it after the finding: `subject` is
        the name that stands there.
    """

    code = "MC008"
    name = "stale-expectation"
    no_script = "what is expected of a layer is in the spec, and not in the layer"
    routes = ()
    same_fault = "reason"
    mends = False
