"""MC109."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class ClassDegraded(Rule):
    """Another class comes back, for the layer or for a sub-layer.

    What it finds
        The restored layer, or a layer inside it, is of another class than it was:
        `from_config` names a class instead of using `cls`, or builds its sub-layers
        itself whatever class they had.
        A class that is exchanged because two share one registered name is MC604.

    Why it matters
        A subclass turns into its parent: the weights fit, the file loads, and what
        the subclass added is gone.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Clipped(keras.layers.LeakyReLU):
            def call(self, inputs):
                return keras.ops.clip(super().call(inputs), -0.1, 0.1)

            @classmethod
            def from_config(cls, config):
                return keras.layers.LeakyReLU(**config)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Clipped(keras.layers.LeakyReLU):
            def call(self, inputs):
                return keras.ops.clip(super().call(inputs), -0.1, 0.1)

            @classmethod
            def from_config(cls, config):
                return cls(**config)
        ```

    Fix
        Return `cls(**config)`. Restore sub-layers with `keras.layers.deserialize`,
        which knows their class.
    """

    code = "MC109"
    name = "class-degraded"
    shown_by = ("class",)
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the class of every layer that came back."""
        for difference in look.contrast.classes:
            before, after = str(difference.before), str(difference.after)
            yield self.finding(
                look,
                difference.path or look.evidence.subject.name,
                f"a {after.rpartition('.')[2]} comes back instead of a {before.rpartition('.')[2]}",
                before=before,
                after=after,
                hint="return cls(**config)",
                **locate(look.evidence, "from_config"),
            )
