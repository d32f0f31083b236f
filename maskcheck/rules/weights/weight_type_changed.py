"""MC306."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.weights import are_values_changed, list_weight_changes, make_weights_finding


class WeightTypeChanged(Rule):
    """A weight comes back in another shape or dtype.

    What it finds
        The restored layer makes the weight in another shape or dtype than the
        original: `build` decides by something that has another value on the way
        back, or the dtype of a part was changed afterwards.
        What a lost argument does to shapes is reported with that argument.

    Why it matters
        A shape that does not fit raises when the file is loaded. Another dtype
        raises nothing: values are rounded, or computed in another precision.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Table(keras.layers.Layer):
            def build(self, input_shape):
                dtype = "float32" if self.trainable else "float16"
                self.table = self.add_weight(
                    name="table", shape=(input_shape[-1],), dtype=dtype
                )

            def freeze(self):
                self.trainable = False

            def call(self, inputs):
                return inputs * keras.ops.cast(self.table, inputs.dtype)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Table(keras.layers.Layer):
            def __init__(self, storage="float32", **kwargs):
                super().__init__(**kwargs)
                self.storage = storage

            def build(self, input_shape):
                self.table = self.add_weight(
                    name="table", shape=(input_shape[-1],), dtype=self.storage
                )

            def call(self, inputs):
                return inputs * keras.ops.cast(self.table, inputs.dtype)

            def get_config(self):
                return {**super().get_config(), "storage": self.storage}
        ```

    Fix
        Take shape and dtype from the input shape, from arguments that are in the
        config, or from the layer's dtype policy.
    """

    code = "MC306"
    name = "weight-type-changed"
    shown_by = ("types", "weight")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge shape and dtype of the weights on both sides."""
        found = [
            c
            for c in list_weight_changes(look, "weight")
            if c.before and c.after and c.difference and not are_values_changed(c)
        ]
        if found:
            place = locate(look.evidence, "build", "__init__")
            yield make_weights_finding(self, look, found, "{0} came back in another shape or dtype", place)
