"""MC403."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.behaviour import explain_inconclusive, select_plain_calls
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class LossChanged(Rule):
    """The losses that the layer adds differ.

    What it finds
        The outputs agree, but after a call the layer's `losses` (add_loss, activity
        and weight regularization) are others in number or in value.
        Where a lost argument or other outputs explain it, it is told with those.

    Why it matters
        The model predicts the same and is trained to another goal. Comparing
        outputs never shows it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def build(self, input_shape):
                self.scale = self.add_weight(name="scale", shape=(input_shape[-1],))

            def penalise(self, factor):
                self.scale.regularizer = keras.regularizers.L2(factor)

            def call(self, inputs):
                return inputs * self.scale
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor=0.0, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def build(self, input_shape):
                self.scale = self.add_weight(
                    name="scale",
                    shape=(input_shape[-1],),
                    regularizer=keras.regularizers.L2(self.factor),
                )

            def call(self, inputs):
                return inputs * self.scale

            def get_config(self):
                return {**super().get_config(), "factor": self.factor}
        ```

    Fix
        Make the factor an argument, write it to the config, and give the weight its
        regularizer where the weight is made.
    """

    code = "MC403"
    name = "loss-changed"
    shown_by = ("losses",)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge add_loss, activity and weight regularization in every mode."""
        found = [(call.mode, d) for call in select_plain_calls(look) for d in call.losses]
        if not found:
            return
        reason = explain_inconclusive(look)
        if reason:
            yield Inconclusive(reason)
            return
        mode, difference = found[0]
        counted = difference.path == "losses"
        yield self.finding(
            look,
            "losses",
            f"the {mode} call adds {'another number of losses' if counted else 'another loss'}, "
            "though the outputs agree",
            before=show(difference.before),
            after=show(difference.after),
            **locate(look.evidence, "call", "build", "__init__"),
        )
