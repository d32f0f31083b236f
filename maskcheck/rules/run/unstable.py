"""MC007."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.model.route import ROUTES
from maskcheck.model.snapshot import TRAINING_STEP
from maskcheck.rules.base.nondeterminism import (
    describe_occasion,
    find_attribute_cause,
    find_output_cause,
    locate_cause,
)
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.text import join_names


class Unstable(Rule):
    """The layer differs from itself, so a comparison cannot be made.

    What it finds
        Two equal calls of the original give different outputs, though inputs and
        weights are the same and Keras, NumPy and Python are seeded. Or a public
        attribute has another value whenever the layer is built, or whenever it is
        loaded. Where the source shows the cause, the finding names it: a draw without
        a seed, a clock, an identity, the order of a set, or state outside the layer.
        Not reported: noise from keras.random or another seeded source, which is
        the same each time; counters that every call moves on; private attributes;
        the last bits of sums, which the order of summing decides.
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
    routes = ROUTES
    mends = False

    def explains(self, finding: Finding) -> bool:
        """An unstable output cannot be compared, whatever the severity."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge what differs on a trip, and between two builds, two calls or two copies as well."""
        if look.evidence.stability.unstable_modes - {TRAINING_STEP}:
            yield self._outputs(look)
        if look.changes_behaviour():
            return
        for change in look.contrast.lost_attributes:
            if (
                change.public
                and change.own
                and change.path in look.unstable - look.evidence.stability.counters
            ):
                yield self._attribute(look, change.path)

    def _outputs(self, look: Look) -> Finding:
        modes = join_names(sorted(look.evidence.stability.unstable_modes - {TRAINING_STEP}))
        cause = find_output_cause(look.evidence)
        if cause:
            message = f"two equal calls differ ({modes}): {cause.method} {cause.doing}"
        else:
            message = (
                f"two equal calls of the layer give different results ({modes}), so they cannot be compared"
            )
        return self.finding(look, "outputs", message, **locate_cause(cause, look.evidence, "call"))

    def _attribute(self, look: Look, path: str) -> Finding:
        cause = find_attribute_cause(look, path)
        end = f": {cause.method} {cause.doing}" if cause else ", so it cannot be compared"
        message = f"{path} differs whenever the layer is {describe_occasion(look, path)}{end}"
        return self.finding(look, path, message, **locate_cause(cause, look.evidence, "build", "__init__"))
