"""MC607."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.format_limits import LIMITS
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_names


class FormatLimit(Rule):
    """A format cannot carry what the layer needs, whatever the layer does.

    What it finds
        On a route other than `.keras` something is lost that the format has no place
        for: assets and own variables in a legacy .h5 file or a clone, bfloat16
        weights and subclassed models in an .h5 file, and the like.
        A note, shown with -v: the layer is right, and a .keras file brings it back.
        What the limit leads to on its route is told with it and not as an error.

    Why it matters
        Nothing raises in most of these cases. Who saves such a layer in that format
        gets back another.

    Bad
        ```python
        import os


        @keras.saving.register_keras_serializable()
        class Vocabulary(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.size = 1.0

            def learn(self, texts):
                self.size = float(len(texts))

            def call(self, inputs):
                return inputs / self.size

            def save_assets(self, folder):
                with open(os.path.join(folder, "size.txt"), "w") as file:
                    file.write(str(self.size))

            def load_assets(self, folder):
                with open(os.path.join(folder, "size.txt")) as file:
                    self.size = float(file.read())
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Vocabulary(keras.layers.Layer):
            def __init__(self, size=1.0, **kwargs):
                super().__init__(**kwargs)
                self.size = size

            def learn(self, texts):
                self.size = float(len(texts))

            def call(self, inputs):
                return inputs / self.size

            def get_config(self):
                return {**super().get_config(), "size": self.size}
        ```

    Fix
        Save in the .keras format. If another format must do, keep in the config and
        in weights all that a call depends on.
    """

    code = "MC607"
    name = "format-limit"
    severity = Severity.NOTE
    routes = tuple(dict.fromkeys(route for limit in LIMITS for route in limit.routes))
    needs_arrival = False
    local = True

    def explains(self, finding: Finding) -> bool:
        """What a format cannot carry is the reason of what goes wrong for lack of it."""
        return any(limit.explains for limit in LIMITS if limit.reason == finding.limit)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge one trip by the limits of its format, in the version of Keras that was used."""
        for limit in LIMITS:
            met = look.route in limit.routes and limit.holds(look.evidence.facts.keras) and limit.meets(look)
            if met:
                yield self.finding(
                    look,
                    met,
                    f"{limit.reason} ({join_names(met)})",
                    severity=limit.severity,
                    limit=limit.reason,
                    **locate(look.evidence, "get_config"),
                )
