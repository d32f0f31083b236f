"""MC003."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error


class ConstructFailed(Rule):
    """The constructor raises on the arguments of the case.

    What it finds
        `__init__` raised an exception when the layer was made with the arguments
        that the spec gives it.

    Why it matters
        The layer could not be checked at all. Either the layer is broken, or the
        spec gives it something that it does not take.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Projection(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units, act="relu")

            def call(self, inputs):
                return self.dense(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Projection(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units, activation="relu")

            def build(self, input_shape):
                self.dense.build(input_shape)

            def call(self, inputs):
                return self.dense(inputs)
        ```

    Fix
        Read the exception. If it complains of an argument, compare `init` in the
        spec with the signature; otherwise mend `__init__`.
    """

    code = "MC003"
    name = "construct-failed"
    shown_by = ("construction raises",)
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the construction of the original."""
        failure = look.evidence.failure
        if failure and failure.step == "construct":
            error = failure.error
            yield self.finding(
                look,
                "__init__",
                f"__init__ raised {describe_error(error)}",
                **locate(look.evidence, "__init__"),
            )
