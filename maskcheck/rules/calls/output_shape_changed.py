"""MC402."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.route import ROUTES
from maskcheck.model.show import show
from maskcheck.rules.base.behaviour import explain_inconclusive, is_reshaped, select_plain_calls
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import list_deltas


class OutputShapeChanged(Rule):
    """The outputs come back in another structure, shape or dtype.

    What it finds
        The restored layer returns another number or nesting of outputs, or outputs
        of another shape or dtype, although arguments, attributes and weights came
        back. Where one of those explains it, it is told with that one.
        Inconclusive, not an error: the route does not carry state that a .keras
        file does carry.

    Why it matters
        The layer no longer fits into the model around it, or, worse, it still fits
        by broadcasting.

    Bad
        ```python
        POOLED = set()


        @keras.saving.register_keras_serializable()
        class Summary(keras.layers.Layer):
            def pool(self):
                POOLED.add(id(self))

            def call(self, inputs):
                if id(self) in POOLED:
                    return keras.ops.mean(inputs, axis=1)
                return inputs
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Summary(keras.layers.Layer):
            def __init__(self, pooled=False, **kwargs):
                super().__init__(**kwargs)
                self.pooled = pooled

            def call(self, inputs):
                return keras.ops.mean(inputs, axis=1) if self.pooled else inputs

            def get_config(self):
                return {**super().get_config(), "pooled": self.pooled}
        ```

    Fix
        Let arguments that are in the config decide on the form of the outputs.
    """

    code = "MC402"
    name = "output-shape-changed"
    shown_by = ("shapes",)
    routes = ROUTES

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the form of the outputs in every mode."""
        found = [(call.mode, d) for call in select_plain_calls(look) for d in call.outputs if is_reshaped(d)]
        if not found:
            return
        reason = explain_inconclusive(look)
        if reason:
            yield Inconclusive(reason)
            return
        mode, difference = found[0]
        yield self.finding(
            look,
            "outputs",
            f"the {mode} outputs come back in another structure, shape or dtype",
            before=show(difference.before),
            after=show(difference.after),
            deltas=list_deltas(d for _, d in found),
            **locate(look.evidence, "call"),
        )
