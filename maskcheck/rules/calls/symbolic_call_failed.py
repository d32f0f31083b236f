"""MC409."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.error import ErrorKind
from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import BUILD, Look, Rule
from maskcheck.rules.base.source_location import locate_error
from maskcheck.rules.base.text import describe_error


class SymbolicCallFailed(Rule):
    """The layer works on tensors, not on the symbolic inputs of a functional model.

    What it finds
        `layer(keras.Input(...))` raises in the layer's own code, with an open batch
        size as with that of the case: a tensor is iterated, made an array or a
        number, or asked for its value in an `if`. Not told of a Model, of an error
        that says nothing of symbolic tensors (sizes that do not fit, a package that
        is not installed), and where a functional model was not asked for.

    Why it matters
        No functional or Sequential model can hold the layer, and `fit` has to run
        eagerly. Keras cannot find out its output shape either, nor build by a call
        what `build` does not build.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Center(keras.layers.Layer):
            def call(self, inputs):
                return inputs - float(keras.ops.mean(inputs))
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Center(keras.layers.Layer):
            def call(self, inputs):
                return inputs - keras.ops.mean(inputs)
        ```

    Fix
        Use keras.ops on the tensor, instead of what needs its value.
    """

    code = "MC409"
    name = "symbolic-call-failed"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def check(self, look: Look) -> Iterator[Finding]:
        """Judge the call by which a functional model was to be made."""
        error = look.evidence.untraceable
        if error and error.meaning(ErrorKind.VALUE_NEEDED):
            place = locate_error(look.evidence, error, "call")
            message = (
                "the layer cannot be called on symbolic inputs, so no functional model can hold it: "
                f"{describe_error(error)}"
            )
            yield self.finding(look, "call", message, **place)
