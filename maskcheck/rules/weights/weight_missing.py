"""MC302."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.weights import find_unbuilt, list_weight_changes, make_weights_finding


class WeightMissing(Rule):
    """Fewer or more weights come back than there were.

    What it finds
        A weight of the original does not exist in the restored layer, or the
        restored one has a weight that the original had not: `__init__` or `build`
        decides by something that has another value on the way back.

    Why it matters
        Loading raises, or it leaves the weights that do not fit as they were made.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Affine(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1],)
                self.scale = self.add_weight(name="scale", shape=shape)
                if self.trainable:
                    self.shift = self.add_weight(name="shift", shape=shape)

            def freeze(self):
                self.trainable = False

            def call(self, inputs):
                return inputs * self.scale + getattr(self, "shift", 0.0)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Affine(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1],)
                self.scale = self.add_weight(name="scale", shape=shape)
                self.shift = self.add_weight(name="shift", shape=shape)

            def freeze(self):
                self.trainable = False

            def call(self, inputs):
                return inputs * self.scale + self.shift
        ```

    Fix
        Let arguments that are in the config decide which weights there are, and
        nothing that may change later.
    """

    code = "MC302"
    name = "weight-missing"
    shown_by = ("number", "trip raises", "outputs")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge which weights are there."""
        if look.trip and look.trip.after and not look.trip.after.calls:
            return  # not called again, it may not have made all of its weights yet
        unbuilt = find_unbuilt(look)
        found = [change for change in list_weight_changes(look, "weight") if change not in unbuilt]
        place = locate(look.evidence, "build", "__init__")
        gone = [change for change in found if change.after is None]
        new = [change for change in found if change.before is None]
        if gone:
            yield make_weights_finding(self, look, gone, "{0} did not come back", place)
        if new:
            yield make_weights_finding(self, look, new, "{0} came back though it was not there before", place)
