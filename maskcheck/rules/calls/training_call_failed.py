"""MC407."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import BUILD, Look, Rule
from maskcheck.rules.base.source_location import locate_error
from maskcheck.rules.base.text import describe_error


class TrainingCallFailed(Rule):
    """The layer works in inference, and no call of it with training=True does.

    What it finds
        On the inputs of the case the layer can be called, but raises with
        `training=True`, with a mask as without: in its own `call`, or in that of a
        sub-layer, to which Keras hands it on.
        Not told of a case that says `training` itself. Of a case that maskcheck
        inferred other inputs were tried first.

    Why it matters
        A model with this layer predicts and cannot be fitted. What the layer does in
        training was not compared.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Noise(keras.layers.Layer):
            def call(self, inputs, training=False):
                if training:
                    return inputs + keras.ops.random.normal(inputs.shape)
                return inputs
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Noise(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.seed = keras.random.SeedGenerator(0)

            def call(self, inputs, training=False):
                if training:
                    inputs += keras.random.normal(inputs.shape, seed=self.seed)
                return inputs
        ```

    Fix
        Mend the line that raises. Where training needs more than inference does,
        such as targets, give it in `call` of a case in maskcheck.yaml.
    """

    code = "MC407"
    name = "training-call-failed"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False
    mends = False

    def check(self, look: Look) -> Iterator[Finding]:
        """Judge the calls in training that were tried before the layer set out."""
        error = look.evidence.untrainable
        if error:
            place = locate_error(look.evidence, error, "call")
            message = f"no call with training=True works: {describe_error(error)}"
            yield self.finding(look, "training", message, **place)
