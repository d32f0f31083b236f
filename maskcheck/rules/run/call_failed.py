"""MC004."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.error import ErrorKind
from maskcheck.model.evidence import Failure
from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate_error
from maskcheck.rules.base.text import describe_error

_STEPS = {"call": "the first call raised", "prepare": "a preparation of the spec raised", "read": "it raises"}
_NO_SUPER = "in __init__, before anything else: super().__init__(**kwargs)"


class CallFailed(Rule):
    """The layer cannot be built, prepared or called on the inputs of the case.

    What it finds
        The very first call of the original layer raised, before anything was
        saved: in `build`, in `call`, or in a method that `prepare` in the spec names.
        Or the layer raised while it was merely looked at: in a property, or because
        it is nested too deeply.

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
    shown_by = ("call raises",)
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the first call of the original."""
        failure = look.evidence.failure
        if failure and failure.step in _STEPS:
            error = failure.error
            place = locate_error(look.evidence, error, "call")
            yield self.finding(
                look,
                _name_subject(failure),
                f"{_STEPS[failure.step]} {describe_error(error)}{_say_when(failure)}",
                hint=_NO_SUPER if error.kind is ErrorKind.SUPER_NOT_CALLED else "",
                **place,
            )


def _name_subject(failure: Failure) -> str:
    return (failure.error.function or "read") if failure.step == "read" else failure.step


def _say_when(failure: Failure) -> str:
    """Return when it was raised, as far as the words before do not say it."""
    deep = ": it is nested too deeply" if failure.error.type == "RecursionError" else ""
    if failure.step != "read":
        return deep
    return deep or f", while {failure.error.function or 'the layer'} is read"
