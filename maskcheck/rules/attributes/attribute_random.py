"""MC202."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.nondeterminism import describe_occasion, find_attribute_cause, locate_cause
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.text import list_deltas


class AttributeRandom(Rule):
    """An attribute drawn at random when the layer is made feeds the output.

    What it finds
        An attribute that has other values whenever the layer is built, first called
        or loaded, that no file holds, and on which the outputs depend.
        Not reported: draws from a fixed seed, which are the same each time; random
        attributes without influence on a call (MC007, a warning, if public).

    Why it matters
        Every load draws anew. The weights were trained for a projection, a mask or
        an order that no longer exists.

    Bad
        ```python
        import numpy as np


        @keras.saving.register_keras_serializable()
        class Sketch(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1], 4)
                self.matrix = np.random.normal(size=shape).astype("float32")

            def call(self, inputs):
                return keras.ops.matmul(inputs, self.matrix)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Sketch(keras.layers.Layer):
            def build(self, input_shape):
                self.matrix = self.add_weight(
                    name="matrix",
                    shape=(input_shape[-1], 4),
                    initializer="random_normal",
                    trainable=False,
                )

            def call(self, inputs):
                return keras.ops.matmul(inputs, self.matrix)
        ```

    Fix
        Make it a weight with trainable=False: drawn by an initializer, then saved.
        Or draw it from a seed that is an argument in the config.
    """

    code = "MC202"
    name = "attribute-random"
    shown_by = ("attribute", "outputs")
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge attributes that differ on the trip and whenever the layer is built or loaded."""
        filed = look.files and not any(file.changes_behaviour() for file in look.files)
        if filed or not look.changes_behaviour():
            return
        for change in look.contrast.lost_attributes:
            if change.path not in look.unstable - look.evidence.stability.counters:
                continue
            difference = change.differences[0]
            cause, occasion = find_attribute_cause(look, change.path), describe_occasion(look, change.path)
            by = f" ({cause.method} {cause.doing})" if cause else ""
            when = f"anew whenever the layer is {occasion}{by}, and no file holds it"
            if change.path in look.evidence.stability.made_in_calls:
                when = f"at the first call{by}, and is in no file: a copy draws another"
            yield self.finding(
                look,
                change.path,
                f"{change.path} is drawn {when}",
                before=show(difference.before),
                after=show(difference.after),
                deltas=list_deltas(change.differences),
                hint=f"make {change.path} a weight: self.add_weight(..., trainable=False)",
                **locate_cause(cause, look.evidence, "build", "__init__"),
            )
