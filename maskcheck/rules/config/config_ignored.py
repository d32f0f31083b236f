"""MC104."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.arguments import find_lost_arguments
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_names
from maskcheck.rules.config.base_config_lost import find_ignored


class ConfigIgnored(Rule):
    """The config has the value, and the restored layer does not.

    What it finds
        `get_config` wrote the argument with the right value, but the restored layer
        was made with another: `from_config` does not pass the key on, or the key is
        spelt otherwise than the argument and **kwargs swallows it. Also name, dtype
        and trainable, where your `from_config` leaves them out.
        Not reported: an argument that came back all the same, for example because
        `from_config` sets the attribute afterwards.

    Why it matters
        The file looks complete, and the model that is loaded from it computes
        something else. Nothing raises.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Shift(keras.layers.Layer):
            def __init__(self, amount=0.0, **kwargs):
                super().__init__(**kwargs)
                self.amount = amount

            def call(self, inputs):
                return inputs + self.amount

            def get_config(self):
                return {**super().get_config(), "amount": self.amount}

            @classmethod
            def from_config(cls, config):
                return cls(name=config["name"], dtype=config["dtype"])
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Shift(keras.layers.Layer):
            def __init__(self, amount=0.0, **kwargs):
                super().__init__(**kwargs)
                self.amount = amount

            def call(self, inputs):
                return inputs + self.amount

            def get_config(self):
                return {**super().get_config(), "amount": self.amount}
        ```

    Fix
        Leave `from_config` out if it only calls the class; otherwise end it with
        `return cls(**config)`. Spell every key as the argument is spelt.
    """

    code = "MC104"
    name = "config-ignored"
    shown_by = ("copied config", "attribute", "outputs", "trip raises")
    judges_probes = True
    same_fault = "place"
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge every argument whose value is in the config but does not reach ``__init__``."""
        ignored = [name for name in find_ignored(look) if look.arrived]
        if ignored:
            message = f"the config has {join_names(ignored)}, and from_config does not pass it on"
            place = locate(look.evidence, "from_config", "__init__")
            yield self.finding(look, ignored, message, hint="return cls(**config)", **place)
        for lost in find_lost_arguments(look):
            name = lost.argument.name
            if lost.loss == "misnamed":
                message = (
                    f"the config holds {name} under the key {lost.key!r}, which __init__ swallows unread"
                )
                hint, place = f'"{name}" instead of "{lost.key}"', locate(look.evidence, "get_config")
            elif lost.loss == "ignored":
                message = f"the config has {name}, and from_config does not pass it on"
                hint, place = "return cls(**config)", locate(look.evidence, "from_config", "__init__")
            else:
                continue
            yield self.finding(
                look,
                name,
                message,
                before=show(lost.argument.given),
                after=show(lost.came_back),
                hint=hint,
                **place,
            )
