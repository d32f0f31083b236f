"""MC502."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding
from maskcheck.model.value import ABSENT, ArrayValue, list_leaves
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import make_mask_rows


def is_gone(difference: Difference) -> bool:
    """Tell whether a mask came out before and none does now."""
    gone = difference.after is None or difference.after is ABSENT
    return gone and difference.before is not None


HIDES_NOTHING = "no mask of the calls hides anything, so equal masks prove nothing"


def hides_nothing(look: Look) -> bool:
    """Tell whether masks came out of the original and all of them are all True."""
    calls = look.evidence.before.calls.values() if look.evidence.before else ()
    masks = [
        leaf.array for call in calls for _, leaf in list_leaves(call.masks) if isinstance(leaf, ArrayValue)
    ]
    return bool(masks) and all(bool(mask.all()) for mask in masks)


class MaskLost(Rule):
    """A mask came out of the layer before, and none does after.

    What it finds
        The outputs carried a Keras mask, or `compute_mask` gave one, and those of
        the restored layer have none, although arguments and attributes came back.
        Where one of those, or supports_masking (MC501), explains it, it is told
        with that.

    Why it matters
        Recurrent and attention layers further on take padding for data. In a saved
        functional model the mask may be baked into the graph, which hides it until
        the layer is used elsewhere.

    Bad
        ```python
        MASKING = set()


        @keras.saving.register_keras_serializable()
        class Tokens(keras.layers.Layer):
            def skip_zeros(self):
                MASKING.add(id(self))

            def call(self, inputs):
                return inputs

            def compute_mask(self, inputs, mask=None):
                if id(self) in MASKING:
                    return keras.ops.not_equal(inputs, 0)
                return None
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Tokens(keras.layers.Layer):
            def __init__(self, mask_zero=False, **kwargs):
                super().__init__(**kwargs)
                self.mask_zero = mask_zero

            def call(self, inputs):
                return inputs

            def compute_mask(self, inputs, mask=None):
                return keras.ops.not_equal(inputs, 0) if self.mask_zero else None

            def get_config(self):
                return {**super().get_config(), "mask_zero": self.mask_zero}
        ```

    Fix
        Let `compute_mask` depend on the inputs and on arguments in the config only.
    """

    code = "MC502"
    name = "mask-lost"
    shown_by = ("mask", "passed mask")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the masks on the outputs and what compute_mask says."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.masks if is_gone(d)]
        if found:
            mode, difference = found[0]
            yield self.finding(
                look,
                "mask",
                f"the {mode} outputs carried a mask, and those of the restored layer carry none",
                masks=tuple(make_mask_rows("mask", difference.before, difference.after)),
                **locate(look.evidence, "compute_mask", "__init__"),
            )
        elif hides_nothing(look):
            yield Inconclusive(HIDES_NOTHING)
