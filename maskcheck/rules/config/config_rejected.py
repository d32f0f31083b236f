"""MC103."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import equivalent
from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.model.evidence import Trip
from maskcheck.model.finding import Finding
from maskcheck.model.value import ABSENT, ObjectValue, ReferenceValue
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.config_refusals import explain, write_deserialization
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error


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
        error = trip.failure.error
        known = _graph(error) or _locked(error) or _described(look, error) or _foreign(look, error)
        subjects, meaning, hint = known or explain(error)
        way = "from_config(get_config())" if trip.form == "plain" else "from_config"
        yield self.finding(
            look,
            subjects or _looked_up(look, error) or _suspect(look, error) or "config",
            meaning or f"{way} refuses the config: {describe_error(error)}",
            hint=hint,
            **locate(look.evidence, "from_config", "get_config", "__init__"),
        )


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


def _graph(error: ErrorInfo) -> tuple[tuple[str, ...], str, str] | None:
    """Explain a refusal by a model that was made of the inputs and outputs of a graph."""
    if not error.meaning(ErrorKind.GRAPH_LOST):
        return None
    meaning = (
        "the config has no graph: Keras writes it only for a model whose constructor takes exactly "
        "inputs, outputs, name and **kwargs"
    )
    return ("inputs", "outputs"), meaning, "draw the graph in __init__, from arguments that get_config writes"


def _locked(error: ErrorInfo) -> tuple[tuple[str, ...], str, str] | None:
    """Explain the refusal without a word of a layer that Keras closes to further weights."""
    if not error.meaning(ErrorKind.LAYER_LOCKED):
        return None
    meaning = "build() adds a weight once Keras has enabled LoRA again, after which it takes no more"
    return ("build",), meaning, "super().build(input_shape) below what adds weights"


def _described(look: Look, error: ErrorInfo) -> tuple[tuple[str, ...], str, str] | None:
    """Explain a refusal by a layer that came as the dict that describes it."""
    if not error.meaning(ErrorKind.DICT_AS_OBJECT):
        return None
    given = [
        a.name for a in look.evidence.facts.arguments if isinstance(a.given, (ReferenceValue, ObjectValue))
    ]
    if not given:
        return None
    meaning = f"{given[0]} comes back as the dict that describes it, because nobody deserializes it"
    return (given[0],), meaning, write_deserialization(look, given[0])


def _foreign(look: Look, error: ErrorInfo) -> tuple[tuple[str, ...], str, str] | None:
    """Explain a refusal by another class than the layer's, made on the way back."""
    accepted = look.evidence.facts.accepted
    for meaning in error.meanings if accepted else ():
        cls, name = meaning.get("class"), next(iter(meaning.names), "")
        if meaning.kind is ErrorKind.MISSING_ARGUMENT and cls and name not in accepted:
            return (name,), f"a {cls} in it is made without the required argument {name}", ""
    return None
