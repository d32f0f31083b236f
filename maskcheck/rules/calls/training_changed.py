"""MC404."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.snapshots import CallChange
from maskcheck.model.finding import Finding
from maskcheck.model.snapshot import TRAINING_STEP
from maskcheck.rules.base.behaviour import select_plain_calls
from maskcheck.rules.base.rule import Inconclusive, Look, NotApplicable, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error, join_first_names, list_deltas
from maskcheck.rules.base.weights import is_merged_by_lora, list_weight_changes


class TrainingChanged(Rule):
    """The restored layer computes the same and learns something else.

    What it finds
        One step of training, from the same weights on the same data, gives another
        loss, other gradients of a weight or of the inputs, or other weights
        afterwards, though the outputs agree: a gradient that is scaled, clipped or
        stopped, or a constraint on a weight, did not come back.
        Where a lost argument or a changed `trainable` flag explains it, it is told
        with that.
        Skipped for layers without trainable weights and float inputs, and where
        the original has no gradient.

    Why it matters
        The loaded model predicts as before, so nothing shows until the training
        goes on, and then it goes elsewhere.

    Bad
        ```python
        SCALES = {}


        @keras.saving.register_keras_serializable()
        class Reverse(keras.layers.Layer):
            def scale_gradient(self, scale):
                SCALES[id(self)] = scale

            def call(self, inputs):
                scale = SCALES.get(id(self), 1.0)

                @tf.custom_gradient
                def passed(x):
                    return tf.identity(x), lambda upstream: scale * upstream

                return passed(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Reverse(keras.layers.Layer):
            def __init__(self, scale=1.0, **kwargs):
                super().__init__(**kwargs)
                self.scale = scale

            def call(self, inputs):
                @tf.custom_gradient
                def passed(x):
                    return tf.identity(x), lambda upstream: self.scale * upstream

                return passed(inputs)

            def get_config(self):
                return {**super().get_config(), "scale": self.scale}
        ```

    Fix
        Let arguments that are in the config decide on the gradient, and give a
        weight its constraint where the weight is made.
    """

    code = "MC404"
    name = "training-changed"
    shown_by = ("training",)
    routes = ("keras",)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive | NotApplicable]:
        """Judge the step on the form of the route that has it."""
        if look.evidence.untrained:
            yield NotApplicable(look.evidence.untrained)
        elif TRAINING_STEP in look.evidence.stability.unstable_modes:
            yield Inconclusive("two equal training steps of the original differ")
        weights = list_weight_changes(look, "weight")
        if weights and all(is_merged_by_lora(look, change) for change in weights):
            yield Inconclusive("what LoRA has learnt is merged into the kernel, and LoRA starts anew")
            return
        for call in look.contrast.calls:
            if call.mode == TRAINING_STEP and call.differs:
                yield self.finding(
                    look,
                    "training",
                    _sentence(look, call),
                    deltas=list_deltas(call.step),
                    **locate(look.evidence, "call", "build", "__init__"),
                )


def _sentence(look: Look, call: CallChange) -> str:
    if call.error:
        return f"one training step then raises {describe_error(call.error)}"
    places = [difference.path for difference in call.step]
    causes = [place for place in places if not place.startswith("updated ")] or places
    though = "" if any(plain.differs for plain in select_plain_calls(look)) else " though the outputs agree"
    return f"one training step differs{though}: {join_first_names(causes)}"
