"""MC602."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.text import reason
from maskcheck.rules.weight_rule import CONFIG_RULES


class LoadFailed(Rule):
    """A saved file does not load.

    What it finds
        The file was written without complaint, and loading it raises. The finding
        gives the innermost cause. What a faulty config or lost weight explains is
        told with that.
        It is a warning if the layer loads inside a functional model and fails only
        alone (copy.deepcopy, pickle): a functional model calls the layer again while
        it loads and so makes the weights that `build` does not make.

    Why it matters
        The file is worthless, and nobody knows before it is needed.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scaled(keras.layers.Dense):
            def build(self, input_shape):
                super().build(input_shape)
                self.scale = self.add_weight(name="scale", shape=(self.units,))

            def call(self, inputs):
                return super().call(inputs) * self.scale
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scaled(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)
                self.scale = self.add_weight(name="scale", shape=(self.units,))

            def call(self, inputs):
                return self.dense(inputs) * self.scale

            def get_config(self):
                return {**super().get_config(), "units": self.units}
        ```

    Fix
        Make all weights in `build`, those of every sub-layer too. Hold a Dense,
        Embedding or convolution instead of deriving from it when you add weights:
        these classes save a fixed list of their own.
    """

    code = "MC602"
    name = "load-failed"
    routes = WEIGHT_ROUTES
    requires = (*CONFIG_RULES, "MC107", "MC203", "MC204", "MC302", "MC306", "MC307", "MC601")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back, inside a functional model, held by another and alone."""
        failure = look.trip.failure if look.trip else None
        if look.trip is None or failure is None or failure.step != "load":
            return
        cause = reason(failure.error)
        if (look.trip.form == "held" or look.route == "deepcopy") and self._loads_in_a_model(look):
            yield self.finding(
                look,
                "build",
                "alone the layer cannot be loaded or copied (copy.deepcopy, pickle), in a functional model "
                f"it can: build() does not create all of its weights ({cause})",
                severity=Severity.WARNING,
                hint="def build(self, input_shape): build every sub-layer that is not built",
                **at(look.evidence, "build", "__init__"),
            )
            return
        yield self.finding(
            look,
            "load",
            f"the saved file does not load: {cause}",
            **at(look.evidence, "from_config", "get_config", "build"),
        )

    def _loads_in_a_model(self, look: Look) -> bool:
        return any(t.form == "functional" and t.after and not t.failure for t in look.evidence.trips)
