"""MC501."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class SupportsMaskingChanged(Rule):
    """The flag supports_masking differs: masks stop at the layer, or pass it wrongly.

    What it finds
        `supports_masking` of the layer or of a sub-layer was set from outside, and
        the restored layer has what its class sets.

    Why it matters
        No config holds this flag. Without it a mask ends at the layer, and all
        that follow count the padding as data.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Positive(keras.layers.Layer):
            def pass_masks(self):
                self.supports_masking = True

            def call(self, inputs):
                return keras.ops.relu(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Positive(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.supports_masking = True

            def call(self, inputs):
                return keras.ops.relu(inputs)
        ```

    Fix
        Set `self.supports_masking` in `__init__`, which runs when the layer is loaded
        too. If it depends on something, make that an argument in the config.
    """

    code = "MC501"
    name = "supports-masking-changed"
    shown_by = ("attribute",)
    routes = CONFIG_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the flag of the layer and of its sub-layers."""
        for difference in look.contrast.flags:
            if difference.path.rpartition(".")[2] != "supports_masking":
                continue
            yield self.finding(
                look,
                difference.path,
                f"{difference.path} was set from outside and does not come back",
                before=show(difference.before),
                after=show(difference.after),
                hint="self.supports_masking = True",
                **locate(look.evidence, "__init__"),
            )
