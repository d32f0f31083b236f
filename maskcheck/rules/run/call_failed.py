"""MC004."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error

_STEPS = {"call": "the first call raised", "prepare": "a preparation of the spec raised"}


class CallFailed(Rule):
    """The layer cannot be built, prepared or called on the inputs of the case.

    What it finds
        The very first call of the original layer raised, before anything was
        saved: in `build`, in `call`, or in a method that `prepare` in the spec names.

    Why it matters
        A layer that cannot be called cannot be compared with what comes back. The
        most frequent reasons are an input of another shape or dtype than the layer
        expects, and arithmetic between two dtypes.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class PaddingMask(keras.layers.Layer):
            def call(self, inputs):
                mask = keras.ops.cast(inputs != 0, "float32")
                return keras.ops.matmul(inputs, mask)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class PaddingMask(keras.layers.Layer):
            def call(self, inputs):
                mask = keras.ops.cast(inputs != 0, inputs.dtype)
                return inputs * mask
        ```

    Fix
        See whether `input` in the spec has the shape and dtype that the layer is
        made for. If it has, mend the layer where the finding points.
    """

    code = "MC004"
    name = "call-failed"
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the first call of the original."""
        failure = look.evidence.failure
        if failure and failure.step in _STEPS:
            error = failure.error
            place = locate(look.evidence, "call")
            if error.file:
                place = {"file": error.file, "line": error.line}
            yield self.finding(
                look,
                "call" if failure.step == "call" else "prepare",
                f"{_STEPS[failure.step]} {describe_error(error)}",
                **place,
            )
