"""MC303."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.weights import find_swapped_paths, list_weight_changes, make_weights_finding


class WeightsSwapped(Rule):
    """The values of the weights are all there, under other names.

    What it finds
        Two or more weights of one shape came back with each other's values. Keras
        saves the weights of a layer by position, first those that are trainable,
        and the restored layer makes or sorts them in another order.

    Why it matters
        The shapes fit, so nothing raises, and every output is wrong.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Affine(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1],)
                self.scale = self.add_weight(
                    name="scale", shape=shape, trainable=self.trainable
                )
                self.shift = self.add_weight(name="shift", shape=shape)

            def freeze(self):
                self.trainable = False

            def call(self, inputs):
                return inputs * self.scale + self.shift
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
        Make the weights in one fixed order, each with a fixed `trainable`. To save by
        name instead, define `save_own_variables` and `load_own_variables`.
    """

    code = "MC303"
    name = "weights-swapped"
    shown_by = ("weight", "every weight", "outputs")
    routes = WEIGHT_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge values that came back in another weight of the same shape."""
        moved = set(find_swapped_paths(look))
        found = [change for change in list_weight_changes(look, "weight") if change.path in moved]
        if found:
            place = locate(look.evidence, "load_own_variables", "build", "__init__")
            message = "{0} came back with each other's values: Keras saves weights by position"
            yield make_weights_finding(self, look, found, message, place)
