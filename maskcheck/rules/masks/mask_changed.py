"""MC503."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.snapshot import DOWNSTREAM
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import list_deltas, make_mask_rows
from maskcheck.rules.masks.mask_lost import HIDES_NOTHING, hides_nothing, is_gone


def _only_downstream(look: Look) -> bool:
    """Tell whether the layer gives the same by itself, and something else among its neighbours."""
    return [call.mode for call in look.contrast.calls if call.differs] == [DOWNSTREAM]


class MaskChanged(Rule):
    """Another mask comes out of the restored layer.

    What it finds
        A mask comes out before and after, but with other values or another shape;
        or one comes out where there was none. Or nothing of the kind shows, and yet
        another result comes out of the layer that stands between one that makes
        masks and one that heeds them.
        Arguments and attributes came back: where one of those explains it, it is
        told with that.

    Why it matters
        Layers further on leave out the wrong steps. Their outputs have the right
        shape, so nothing raises.

    Bad
        ```python
        PADDING = {}


        @keras.saving.register_keras_serializable()
        class Tokens(keras.layers.Layer):
            def pad_with(self, value):
                PADDING[id(self)] = value

            def call(self, inputs):
                return inputs

            def compute_mask(self, inputs, mask=None):
                return keras.ops.not_equal(inputs, PADDING.get(id(self), 0))
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Tokens(keras.layers.Layer):
            def __init__(self, padding=0, **kwargs):
                super().__init__(**kwargs)
                self.padding = padding

            def call(self, inputs):
                return inputs

            def compute_mask(self, inputs, mask=None):
                return keras.ops.not_equal(inputs, self.padding)

            def get_config(self):
                return {**super().get_config(), "padding": self.padding}
        ```

    Fix
        Let `compute_mask` depend on the inputs and on arguments in the config only.
    """

    code = "MC503"
    name = "mask-changed"
    shown_by = ("mask", "passed mask")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge masks that differ, and masks where there were none."""
        found = [(call.mode, d) for call in look.contrast.calls for d in call.masks if not is_gone(d)]
        if found:
            mode, difference = found[0]
            yield self.finding(
                look,
                "mask",
                f"another mask comes out of the {mode} call",
                masks=tuple(make_mask_rows("mask", difference.before, difference.after)),
                **locate(look.evidence, "compute_mask", "call"),
            )
        elif _only_downstream(look):
            yield self.finding(
                look,
                "downstream",
                "between a layer that makes masks and one that heeds them other values come out",
                deltas=list_deltas(d for call in look.contrast.calls for d in call.outputs),
                **locate(look.evidence, "compute_mask", "call"),
            )
        elif hides_nothing(look):
            yield Inconclusive(HIDES_NOTHING)
