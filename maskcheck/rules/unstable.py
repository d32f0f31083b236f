"""MC007."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import listed


class Unstable(Rule):
    """The layer differs from itself, so a comparison cannot be made.

    What it finds
        Two equal calls of the original give different outputs, though inputs and
        weights are the same and Keras, NumPy and Python are seeded. Or a public
        attribute has another value whenever the layer is built.
        Not reported: noise from keras.random or another seeded source, which is
        the same each time; counters that every call moves on; private attributes.
        If such an attribute feeds the output, it is MC202, an error.

    Why it matters
        A warning: such outputs can be neither proven nor refuted, and MC401 is
        inconclusive. All else about the layer is still checked.

    Bad
        ```python
        import time


        @keras.saving.register_keras_serializable()
        class Jitter(keras.layers.Layer):
            def call(self, inputs):
                seed = time.time_ns() % 2**31
                noise = keras.random.normal(keras.ops.shape(inputs), seed=seed)
                return inputs + noise
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Jitter(keras.layers.Layer):
            def __init__(self, seed=0, **kwargs):
                super().__init__(**kwargs)
                self.seed = seed

            def call(self, inputs):
                noise = keras.random.normal(keras.ops.shape(inputs), seed=self.seed)
                return inputs + noise

            def get_config(self):
                return {**super().get_config(), "seed": self.seed}
        ```

    Fix
        Draw from a seed that is an argument, or from keras.random.SeedGenerator;
        add noise only when `training` is true.
    """

    code = "MC007"
    name = "unstable"
    severity = Severity.WARNING
    requires = ("MC108",)

    def explains(self, finding: Finding) -> bool:
        """An unstable output cannot be compared, whatever the severity."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge what differs on a trip and differs between two builds or two calls as well."""
        if look.evidence.unsteady:
            modes = listed(sorted(look.evidence.unsteady))
            yield self.finding(
                look,
                "outputs",
                f"two equal calls of the layer give different results ({modes}), so they cannot be compared",
                **at(look.evidence, "call"),
            )
        if look.feeds_behaviour():
            return
        for change in look.lost_attributes():
            if change.public and change.own and change.path in look.unstable - look.evidence.counters:
                yield self.finding(
                    look,
                    change.path,
                    f"{change.path} differs whenever the layer is built, so it cannot be compared",
                    **at(look.evidence, "build", "__init__"),
                )
