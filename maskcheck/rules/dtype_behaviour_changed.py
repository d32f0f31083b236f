"""MC701."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES
from maskcheck.show import show


class DtypeBehaviourChanged(Rule):
    """The restored layer casts its inputs otherwise.

    What it finds
        `autocast`, which says whether inputs are cast to the layer's compute dtype,
        differs after the round trip.
        It is a note, shown with -v, where the argument goes to Keras' base class,
        whose `get_config` never writes it: every layer with its own `get_config`
        loses it. It is an error where your class has an `autocast` of its own.

    Why it matters
        A layer made to leave its inputs alone gets float64 rounded to float32, or
        computes in half precision.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return {**super().get_config(), "factor": self.factor}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                config = super().get_config()
                config.update({"factor": self.factor, "autocast": self.autocast})
                return config
        ```

    Fix
        Write `autocast` to the config if the layer is used with autocast=False.
    """

    code = "MC701"
    name = "dtype-behaviour-changed"
    routes = CONFIG_ROUTES
    requires = CONFIG_RULES

    def explains(self, finding: Finding) -> bool:
        """What autocast changes needs no other reason, Keras' own fault though it may be."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge autocast: an own argument of the layer, or one that Keras itself never writes."""
        own = any(a.name == "autocast" and not a.base for a in look.evidence.arguments)
        for difference in look.contrast.flags:
            if difference.path != "autocast":
                continue
            yield self.finding(
                look,
                "autocast",
                "autocast does not come back"
                + (
                    ""
                    if own
                    else ": Keras' own get_config never writes it, so every layer that has one loses it"
                ),
                severity=Severity.ERROR if own else Severity.NOTE,
                before=show(difference.before),
                after=show(difference.after),
                hint='config.update({"autocast": self.autocast})',
                **at(look.evidence, "get_config"),
            )
