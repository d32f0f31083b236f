"""MC103."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maskcheck.compare.values import equivalent
from maskcheck.model.evidence import Trip
from maskcheck.model.finding import Finding
from maskcheck.model.snapshot import ErrorInfo
from maskcheck.model.value import ABSENT
from maskcheck.rules.arguments import written_value
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import reason

# What Python and Keras say when a constructor refuses a config -> what it means, what to write.
_PATTERNS = (
    (
        r"missing \d+ required (?:positional|keyword-only) arguments?: ('\w+'.*)",
        "the required argument {0} is not in the config",
        'config.update({{"{0}": self.{0}}})',
    ),
    (
        r"got an unexpected keyword argument '(\w+)'",
        "the config has {0}, which __init__ does not take",
        "take **kwargs in __init__ and pass them to super().__init__(**kwargs)",
    ),
    (
        r"got multiple values for (?:keyword )?argument '(\w+)'",
        "{0} is fixed in __init__ and comes again from the config",
        'config.pop("{0}") in get_config, or let __init__ take {0}',
    ),
    (
        r"Unrecognized keyword arguments passed to \w+: \{{'(\w+)'",
        "the config has {0}, which no constructor takes",
        "write the key under the name of the argument, or leave it out",
    ),
    (
        r"Could not locate (?:function|class) '(?:\w+>)?(\w+)'",
        "{0} is not registered, so Keras cannot find it when loading",
        "@keras.saving.register_keras_serializable() above {0}",
    ),
)


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
    requires = ("MC106", "MC108")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back from the config; the plain one only where the other succeeds."""
        trip = look.trip
        if trip is None or trip.failure is None or trip.failure.step != "from_config":
            return
        if trip.form == "plain" and any(_refused(other) for other in look.evidence.trips):
            return
        subject, meaning, hint = explain(trip.failure.error)
        way = "from_config(get_config())" if trip.form == "plain" else "from_config"
        yield self.finding(
            look,
            subject or _suspect(look, trip.failure.error) or "config",
            meaning or f"{way} refuses the config: {reason(trip.failure.error)}",
            hint=hint,
            **at(look.evidence, "from_config", "get_config", "__init__"),
        )


def _refused(trip: Trip) -> bool:
    refused = trip.failure is not None and trip.failure.step == "from_config"
    return trip.route == "config" and trip.form == "json" and refused


def _suspect(look: Look, error: ErrorInfo) -> str:
    """Return the argument that the error speaks of, else the first not written as it was given."""
    words = re.findall(r"\w+", f"{error.cause} {error.message}")
    suspects: list[tuple[bool, bool, bool, str]] = []
    for argument in look.evidence.arguments:
        written = written_value(look.evidence, argument.name)
        lacking = written is ABSENT
        named = isinstance(written, str) and written != argument.given and written in words
        usual = argument.default if lacking else written
        if not argument.base and (named or not equivalent(argument.given, usual)):
            spoken_of = named or argument.name in words
            at_default = equivalent(argument.given, argument.default)
            suspects.append((not spoken_of, not lacking, at_default, argument.name))
    return min(suspects, key=lambda suspect: suspect[:3])[3] if suspects else ""


def explain(error: ErrorInfo) -> tuple[str, str, str]:
    """Return the subject, the meaning and the remedy of a refusal; empty texts if it is unknown."""
    for text in (error.cause, error.message):
        for pattern, meaning, hint in _PATTERNS:
            found = re.search(pattern.replace("{{", "{"), text)
            if found:
                name = ", ".join(re.findall(r"\w+", found.group(1).replace(" and ", " ")))
                return name, meaning.format(name), hint.format(name)
    return "", "", ""
