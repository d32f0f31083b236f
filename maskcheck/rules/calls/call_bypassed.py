"""MC408."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import BUILD, Look, Rule
from maskcheck.rules.base.source_location import locate


class CallBypassed(Rule):
    """The class has its own __call__, so Keras does not see the layer being called.

    What it finds
        A functional model of the layer does not hold it: `__call__` is overridden and
        never calls that of Keras. The model consists of the single operations, with
        the arguments and weights as they were when it was made.
        Not told of a `__call__` that ends in `super().__call__(...)`.

    Why it matters
        The config of the layer, its weights and its name are in no file of such a
        model; masks, `training`, dtypes and losses do not reach the layer either. A
        subclassed model that holds it does save it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __call__(self, inputs):
                return self.call(inputs)

            def call(self, inputs):
                return 2.0 * inputs
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def call(self, inputs):
                return 2.0 * inputs
        ```

    Fix
        Call the method `call`: Keras' own `__call__` builds the layer and calls it.
    """

    code = "MC408"
    name = "call-bypassed"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding]:
        """Judge what a functional model made of the layer."""
        if look.evidence.bypassed:
            methods = look.evidence.facts.methods
            both = "call" in methods and not methods["call"].builtin
            yield self.finding(
                look,
                "__call__",
                "a functional model holds only the operations of __call__(), not the layer: "
                "its config, weights and name are in no file",
                hint="return super().__call__(...)" if both else "def call, instead of __call__",
                **locate(look.evidence, "__call__"),
            )
