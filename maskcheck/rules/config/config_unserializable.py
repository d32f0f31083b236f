"""MC106."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.model.evidence import Failure
from maskcheck.model.finding import Finding
from maskcheck.model.value import ABSENT, ArrayValue, FunctionValue, ObjectValue, ReferenceValue
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate, locate_error
from maskcheck.rules.base.text import describe_error, join_names

_COMPILE_CONFIG = "get_compile_config"


class ConfigUnserializable(Rule):
    """get_config raises, returns no dict, or returns what cannot be written.

    What it finds
        `get_config` itself fails, gives something other than a dict, or holds a value
        that Keras cannot write as JSON: a member of an Enum, a set, a
        functools.partial, an object of your own. A layer without `get_config` fails
        in this way when an argument is anything but a plain value.
        Not reported: initializers, regularizers, layers and functions, which Keras
        can write, although json.dumps alone cannot.

    Why it matters
        Saving the model raises, at the end of the training.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Pick(keras.layers.Layer):
            def __init__(self, columns, **kwargs):
                super().__init__(**kwargs)
                self.columns = set(columns)

            def call(self, inputs):
                return keras.ops.take(inputs, sorted(self.columns), axis=-1)

            def get_config(self):
                return {**super().get_config(), "columns": self.columns}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Pick(keras.layers.Layer):
            def __init__(self, columns, **kwargs):
                super().__init__(**kwargs)
                self.columns = set(columns)

            def call(self, inputs):
                return keras.ops.take(inputs, sorted(self.columns), axis=-1)

            def get_config(self):
                return {**super().get_config(), "columns": sorted(self.columns)}
        ```

    Fix
        Write plain values: sorted(...) of a set, .value of an Enum, .tolist() of an
        array, and `keras.saving.serialize_keras_object` of a layer. `__init__` or
        `from_config` turns them back.
    """

    code = "MC106"
    name = "config-unserializable"
    shown_by = ("trip raises",)
    routes = ("config",)
    needs_arrival = False
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge get_config itself, once for the two ways of taking the route."""
        failure = look.evidence.config.failure
        trip_failure = look.trip.failure if look.trip else None
        if failure is None and trip_failure and trip_failure.step == "serialize":
            failure = trip_failure
        if failure is None:
            return
        if failure.error.function == _COMPILE_CONFIG:
            yield self.finding(
                look,
                _COMPILE_CONFIG,
                f"a model that is not compiled cannot be saved: {_COMPILE_CONFIG} raises "
                f"{describe_error(failure.error)}",
                hint="if not self.compiled:\n    return None",
                **locate_error(look.evidence, failure.error, _COMPILE_CONFIG),
            )
            return
        raised = failure.step == "get_config"
        yield self.finding(
            look,
            self._subjects(look),
            f"{'get_config' if raised else 'writing the config to JSON'} fails: {self._why(look, failure)}",
            hint="" if raised and not self._is_automatic(look) else self._hint(look),
            **locate(look.evidence, "get_config"),
        )

    def _subjects(self, look: Look) -> Sequence[str]:
        """Return the keys that JSON has no form for, else the only such argument, else "config"."""
        if look.evidence.config.unwritable:
            return look.evidence.config.unwritable
        odd = (ArrayValue, FunctionValue, ObjectValue)
        # A get_config outside Keras can write layers.
        layers = (ReferenceValue,) if self._is_automatic(look) else ()
        named = [a.name for a in look.evidence.facts.arguments if isinstance(a.given, (*odd, *layers))]
        unseen = self._unseen(look)
        return named if len(named) == 1 else unseen if unseen and not named else ("config",)

    def _why(self, look: Look, failure: Failure) -> str:
        """Return what raised; of a Model's plain arguments Keras says that they cannot be serialized."""
        if self._unseen(look) and self._subjects(look) == self._unseen(look):
            return "Keras does not see what a Model is given, and for this there is no default to record"
        names = self._subjects(look)
        if self._is_automatic(look) and names != ("config",):
            what = f"it takes plain values only, and {join_names(names)} is none"
            return f"{what}: {describe_error(failure.error)}"
        return describe_error(failure.error)

    def _unseen(self, look: Look) -> list[str]:
        """Return the arguments that Keras can record nothing for, not having seen what was given."""
        arguments = look.evidence.facts.arguments if look.evidence.facts.arguments_unseen else ()
        return [a.name for a in arguments if not a.base and a.default is ABSENT]

    def _is_automatic(self, look: Look) -> bool:
        """Tell whether the config is the one that Keras makes of the arguments by itself."""
        method = look.evidence.facts.methods.get("get_config")
        return method is None or method.builtin

    def _hint(self, look: Look) -> str:
        if not self._is_automatic(look):
            return "return a dict of numbers, strings, lists and what keras.saving can serialize"
        return "define get_config and from_config: the automatic config takes plain values only"
