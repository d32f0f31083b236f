"""MC308."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.snapshots import WeightChange
from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.weights import list_weight_changes, make_weights_finding

_WHY = {
    "seed": "the position of a seed generator ({0}) is never saved by Keras: after loading it starts again",
    "metric": "the state of a metric ({0}) is never saved by Keras: after loading it is empty",
    "state": "the states of a stateful recurrent layer ({0}) are never saved by Keras",
}


class StateNotSaved(Rule):
    """State that Keras never saves.

    What it finds
        The position of a seed generator, the state of a metric, or the states of a
        stateful recurrent layer: Keras tracks them, and puts them in no file.
        A note, shown with -v: it is so in every model and mostly harmless. It is a
        warning if the state of a metric or a recurrent layer changes what a call
        gives.
        Not reported: a seed generator that has not drawn anything yet.

    Why it matters
        After loading, random draws begin anew, metrics are empty, and a stateful
        layer has forgotten the sequence it was in the middle of.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Noise(keras.layers.Layer):
            def __init__(self, seed=0, **kwargs):
                super().__init__(**kwargs)
                self.seed = seed
                self.generator = keras.random.SeedGenerator(seed)

            def draw(self, shape):
                return keras.random.normal(shape, seed=self.generator)

            def call(self, inputs, training=False):
                return inputs + self.draw(inputs.shape) if training else inputs

            def get_config(self):
                return {**super().get_config(), "seed": self.seed}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Noise(keras.layers.Layer):
            def __init__(self, seed=0, **kwargs):
                super().__init__(**kwargs)
                self.seed = seed

            def draw(self, shape):
                return keras.random.normal(shape, seed=self.seed)

            def call(self, inputs, training=False):
                return inputs + self.draw(inputs.shape) if training else inputs

            def get_config(self):
                return {**super().get_config(), "seed": self.seed}
        ```

    Fix
        Mostly nothing. If the state must survive, keep it in a weight with
        trainable=False, or write it in `save_own_variables`.
    """

    code = "MC308"
    name = "state-not-saved"
    severity = Severity.NOTE
    routes = WEIGHT_ROUTES

    def explains(self, finding: Finding) -> bool:
        """State that feeds the outputs is what makes them differ."""
        return finding.severity is not Severity.NOTE

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge seed generators by their position, metrics and recurrent states by value."""
        place = locate(look.evidence, "call")
        seeds = [change for change in list_weight_changes(look, "seed") if _is_advanced(change)]
        if seeds:
            yield make_weights_finding(self, look, seeds, _WHY["seed"], place)
        for kind in ("metric", "state"):
            found = list_weight_changes(look, kind)
            if found:
                finding = make_weights_finding(self, look, found, _WHY[kind], place)
                yield _raise_severity(finding) if look.changes_behaviour() else finding


def _is_advanced(change: WeightChange) -> bool:
    """Tell whether the position differs; a seed that was not chosen differs anyway."""
    if change.before is None or change.after is None:
        return False
    return bool(change.before.array.flat[-1] != change.after.array.flat[-1])


def _raise_severity(finding: Finding) -> Finding:
    from dataclasses import replace

    return replace(finding, severity=Severity.WARNING)
