"""MC601."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import SAVING_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error


class SaveFailed(Rule):
    """A file format refuses to save the layer.

    What it finds
        Writing the .keras or the .weights.h5 file raises, although the config can
        be written: a method of the layer that takes part in saving raises, or gives
        the file something that it cannot hold.
        A config that cannot be written is MC106.

    Why it matters
        The training is over, and its result cannot be kept.

    Bad
        ```python
        import numpy as np


        @keras.saving.register_keras_serializable()
        class Labelled(keras.layers.Layer):
            def __init__(self, labels, **kwargs):
                super().__init__(**kwargs)
                self.labels = list(labels)

            def call(self, inputs):
                return inputs * len(self.labels)

            def get_config(self):
                return {**super().get_config(), "labels": list(self.labels)}

            def save_own_variables(self, store):
                store["labels"] = np.array(list(self.labels))

            def load_own_variables(self, store):
                self.labels = list(store["labels"])
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Labelled(keras.layers.Layer):
            def __init__(self, labels, **kwargs):
                super().__init__(**kwargs)
                self.labels = list(labels)

            def call(self, inputs):
                return inputs * len(self.labels)

            def get_config(self):
                return {**super().get_config(), "labels": list(self.labels)}
        ```

    Fix
        Give `save_own_variables` arrays of numbers only. Texts belong in the config
        or, if they are long, in a file written by `save_assets`.
    """

    code = "MC601"
    name = "save-failed"
    shown_by = ("trip raises",)
    routes = SAVING_ROUTES
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way out."""
        failure = look.trip.failure if look.trip else None
        if failure and failure.step == "save":
            error = failure.error
            yield self.finding(
                look,
                "save",
                f"saving raises {describe_error(error)}",
                **locate(look.evidence, "save_own_variables", "save_assets", "get_config"),
            )
