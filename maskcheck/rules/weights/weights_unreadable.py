"""MC310."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate_error
from maskcheck.rules.base.text import describe_error


class WeightsUnreadable(Rule):
    """A list of weights that the layer defines itself raises when it is read.

    What it finds
        A property `weights`, `trainable_weights`, `non_trainable_weights`,
        `variables`, `trainable_variables` or `losses` of the layer's own class that
        raises once the layer is built. The layer itself is checked with the lists
        that Keras keeps.

    Why it matters
        Keras, optimizers and training loops read these lists: a summary, a count
        of the parameters or a gradient of the layer raises. What the property was
        written for, an older Keras most likely, is no longer there.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def build(self, input_shape):
                self.scale = self.add_weight(shape=(input_shape[-1],), name="scale")

            @property
            def trainable_weights(self):
                return self._trainable_weights[:]

            def call(self, inputs):
                return inputs * self.scale
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def build(self, input_shape):
                self.scale = self.add_weight(shape=(input_shape[-1],), name="scale")

            def call(self, inputs):
                return inputs * self.scale
        ```

    Fix
        Leave the property out: Keras keeps these lists itself. What is not to be
        trained is made with `trainable=False`.
    """

    code = "MC310"
    name = "weights-unreadable"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def explains(self, finding: Finding) -> bool:
        """Tell that a list which raises is the reason of all that reads it."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the lists of weights that are the user's own."""
        for name, error in look.evidence.facts.unreadable.items():
            place = locate_error(look.evidence, error, "__init__")
            yield self.finding(
                look,
                name,
                f"{name} raises {describe_error(error)}; Keras and optimizers read it",
                hint=f"leave the property out: Keras keeps {name} itself",
                **place,
            )
