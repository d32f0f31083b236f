"""MC203."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_names


class IdentityLost(Rule):
    """What was shared is no longer shared, or is shared with the original.

    What it finds
        A layer or variable that was reached by two attributes comes back as two
        separate ones: a warning if a .keras file knows that they are one and only
        the config alone does not, as clone_model goes. Or the copy holds the very
        same layer or variable as the original, because the config contains the
        object itself.

    Why it matters
        Tied weights come untied: both are trained apart from then on. A clone that
        shares with its original trains the original as well.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Around(keras.layers.Layer):
            def __init__(self, inner, **kwargs):
                super().__init__(**kwargs)
                self.inner = inner

            def call(self, inputs):
                return inputs + self.inner(inputs)

            def get_config(self):
                return {**super().get_config(), "inner": self.inner}

            @classmethod
            def from_config(cls, config):
                inner = config["inner"]
                if isinstance(inner, dict):
                    inner = keras.layers.deserialize(inner)
                return cls(**{**config, "inner": inner})
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Around(keras.layers.Layer):
            def __init__(self, inner, **kwargs):
                super().__init__(**kwargs)
                self.inner = inner

            def build(self, input_shape):
                if not self.inner.built:
                    self.inner.build(input_shape)

            def call(self, inputs):
                return inputs + self.inner(inputs)

            def get_config(self):
                inner = keras.layers.serialize(self.inner)
                return {**super().get_config(), "inner": inner}

            @classmethod
            def from_config(cls, config):
                inner = keras.layers.deserialize(config["inner"])
                return cls(**{**config, "inner": inner})
        ```

    Fix
        Put a description into the config, not the object. A layer that is used in
        two places is written once; make the second reference in `__init__`.
    """

    code = "MC203"
    name = "identity-lost"
    shown_by = ("one", "apart")
    routes = CONFIG_ROUTES
    needs_arrival = False

    def explains(self, finding: Finding) -> bool:
        """What is two instead of one is new wherever one looks, whether files keep it or not."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge sharing inside the layer and with the original, on any trip."""
        if look.trip and look.trip.shared:
            shared = join_names(look.trip.shared)
            yield self.finding(
                look,
                look.trip.shared[0],
                f"the copy shares {shared} with the original: training one changes the other",
                hint="config.update({...: keras.saving.serialize_keras_object(...)})",
                **locate(look.evidence, "get_config"),
            )
        for group in look.contrast.aliases:
            names = sorted(group)
            yield self.finding(
                look,
                names,
                f"{join_names(names)} were one object and come back as several",
                severity=Severity.WARNING if _is_kept_by_file(look, group) else Severity.ERROR,
                **locate(look.evidence, "get_config", "from_config"),
            )


def _is_kept_by_file(look: Look, group: frozenset[str]) -> bool:
    """Tell whether a .keras file brings back as one what the config alone does not."""
    return bool(look.files) and not any(group in file.contrast.aliases for file in look.files)
