"""MC103."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import equivalent
from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Trip
from maskcheck.model.finding import Finding
from maskcheck.model.value import ABSENT
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.config_refusals import explain
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error
from maskcheck.rules.config.reason import Reason
from maskcheck.rules.config.rejection_reasons import REASONS


class ConfigRejected(Rule):
    """The layer cannot be constructed from its own config.

    What it finds
        `from_config`, or the constructor that it calls, raises on what `get_config`
        wrote: a required argument is not in it, it holds a key that `__init__` does
        not take, or an object that Keras cannot find or read. Where only the plain
        from_config(get_config()) fails, as clone_model goes, that is said.

    Why it matters
        No file that holds the layer can be opened again. This is noticed when the
        model is needed, not when it is saved.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor):
                super().__init__()
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
                return {**super().get_config(), "factor": self.factor}
        ```

    Fix
        Let `__init__` take **kwargs and hand them to super().__init__: every config
        holds name, trainable and dtype. Each key of the config must be an argument,
        and each argument without a default must be a key.
    """

    code = "MC103"
    name = "config-rejected"
    shown_by = ("trip raises",)
    routes = ("config",)
    needs_arrival = False
    judges_probes = True
    same_fault = "reason"
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back from the config; the plain one only where the other succeeds."""
        trip = look.trip
        if trip is None or trip.failure is None or trip.failure.step != "from_config":
            return
        if trip.form == "plain" and any(_refused(other) for other in look.evidence.trips):
            return
        yield self._rejected(look, trip.failure.error, plain=trip.form == "plain")

    def _rejected(self, look: Look, error: ErrorInfo, *, plain: bool) -> Finding:
        found = next(filter(None, (explain_by(look, error) for explain_by in REASONS)), None)
        if found is None:
            subjects, meaning, hint = explain(error)
            way = "from_config(get_config())" if plain else "from_config"
            found = Reason(
                subjects or (_looked_up(look, error) or _suspect(look, error) or "config",),
                meaning or f"{way} refuses the config: {describe_error(error)}",
                hint,
            )
        place = found.place or locate(look.evidence, "from_config", "get_config", "__init__")
        return self.finding(look, found.subjects, found.meaning, hint=found.hint, **place)


def _refused(trip: Trip) -> bool:
    refused = trip.failure is not None and trip.failure.step == "from_config"
    return trip.route == "config" and trip.form == "json" and refused


def _looked_up(look: Look, error: ErrorInfo) -> str:
    """Return the only key of the config that the statement which raised looks up."""
    keys = [key for key in error.keys if get_written_value(look.evidence, key) is not ABSENT]
    return keys[0] if len(keys) == 1 else ""


def _suspect(look: Look, error: ErrorInfo) -> str:
    """Return the argument that the error speaks of, else the first not written as it was given.

    A value is looked for in the cause: the message of Keras quotes all values of the config.
    """
    words, values = error.words | error.cause_words, error.cause_words or error.words
    suspects: list[tuple[bool, bool, bool, bool, str]] = []
    for argument in look.evidence.facts.arguments:
        written = get_written_value(look.evidence, argument.name)
        lacking = written is ABSENT
        named = isinstance(written, str) and written != argument.given and written in values
        usual = argument.default if lacking else written
        if not argument.base and (named or not equivalent(argument.given, usual)):
            spoken_of = named or argument.name in words
            at_default = equivalent(argument.given, argument.default)
            suspects.append((not named, not spoken_of, not lacking, at_default, argument.name))
    return min(suspects, key=lambda suspect: suspect[:4])[4] if suspects else ""
