"""MC301."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.weights import (
    are_values_changed,
    find_swapped_paths,
    find_unbuilt,
    is_merged_by_lora,
    list_weight_changes,
    make_weights_finding,
)


class WeightNotRestored(Rule):
    """A weight comes back with other values.

    What it finds
        A weight that Keras tracks has other values after loading than were saved,
        mostly those of a fresh layer. Every weight is given random values before it
        is saved, so that one which is not restored cannot pass for one that is.
        Not reported here: weights that exchanged their values (MC303), variables
        that Keras does not track (MC304), own methods to save and load (MC307),
        weights that only a model that merely holds the layer loses, because
        `build` does not make them (MC602), and LoRA that was merged into its kernel.

    Why it matters
        Part of the training is lost, and nothing raises. Keras' saver goes by
        attribute names and passes over those that a Layer has by itself.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Coder(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.quantize = keras.layers.Dense(4)

            def build(self, input_shape):
                self.quantize.build(input_shape)

            def call(self, inputs):
                return self.quantize(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Coder(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.quantizer = keras.layers.Dense(4)

            def build(self, input_shape):
                self.quantizer.build(input_shape)

            def call(self, inputs):
                return self.quantizer(inputs)
        ```

    Fix
        Give sub-layers names that keras.layers.Layer does not use, and make all
        weights in `build`, in the same order every time.
    """

    code = "MC301"
    name = "weight-not-restored"
    shown_by = ("weight", "every weight", "outputs")
    routes = WEIGHT_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the values of the weights that Keras tracks."""
        moved = set(find_swapped_paths(look))
        lost = [
            c for c in list_weight_changes(look, "weight") if are_values_changed(c) and c.path not in moved
        ]
        unbuilt = find_unbuilt(look)
        lost = [c for c in lost if not is_merged_by_lora(look, c) and c not in unbuilt]
        if lost:
            place = locate(look.evidence, "load_own_variables", "build", "__init__")
            yield make_weights_finding(
                self, look, lost, "{0} came back with other values than were saved", place
            )
