"""MC602."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.error import ErrorKind
from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import PARTIAL_ROUTES, SAVING_ROUTES, WHOLE_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error, join_first_names
from maskcheck.rules.base.weights import CALLED_AGAIN, find_unbuilt
from maskcheck.rules.files.build_signature import write_build
from maskcheck.rules.files.unsafe_load import find_lambdas

_WHAT_FAILS = {
    "clone": "clone_model or set_weights fails",
    "json": "model_from_json or load_weights fails",
    "pickle": "the pickle does not load",
    "tf-checkpoint": "the checkpoint cannot be restored",
    "export": "the SavedModel does not load",
}

# The subject where nothing is known of the cause but that the file does not load.
_WHOLE = "load"


class LoadFailed(Rule):
    """A saved file does not load.

    What it finds
        The file was written without complaint, and loading it raises. The finding
        gives the innermost cause: of a lambda, which is saved without its module,
        the name that it lacks. What a faulty config or lost weight explains is told
        with that.
        It is a warning if the layer loads inside a functional model and fails, or
        loses weights without a word, only alone (copy.deepcopy, pickle) or in a model
        that merely holds it: a functional model calls the layer again while it loads
        and so makes the weights that `build` does not make.

    Why it matters
        The file is worthless, and nobody knows before it is needed.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scaled(keras.layers.Dense):
            def build(self, input_shape):
                super().build(input_shape)
                self.scale = self.add_weight(name="scale", shape=(self.units,))

            def call(self, inputs):
                return super().call(inputs) * self.scale
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scaled(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)
                self.scale = self.add_weight(name="scale", shape=(self.units,))

            def call(self, inputs):
                return self.dense(inputs) * self.scale

            def get_config(self):
                return {**super().get_config(), "units": self.units}
        ```

    Fix
        Make all weights in `build`, those of every sub-layer too. Hold a Dense,
        Embedding or convolution instead of deriving from it when you add weights:
        these classes save a fixed list of their own.
    """

    code = "MC602"
    name = "load-failed"
    routes = SAVING_ROUTES
    needs_arrival = False

    def explains(self, finding: Finding) -> bool:
        """What build does not make, or a lambda lacks, is lacking wherever that shows."""
        return finding.subjects != (_WHOLE,)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back, inside a functional model, held by another and alone."""
        silent = find_unbuilt(look)
        if silent:
            names = join_first_names(change.path for change in silent)
            yield self._unbuilt(look, f"Keras says nothing, and {names} have other values")
        failure = look.trip.failure if look.trip else None
        if look.trip is None or failure is None or failure.step != "load":
            return
        cause = describe_error(failure.error)
        elsewhere = look.trip.elsewhere
        only_there = " in a new process, though it does here" if elsewhere and elsewhere.twin else ""
        alone = elsewhere is None and look.route in WHOLE_ROUTES and look.trip.form not in CALLED_AGAIN
        if alone and self._loads_in_a_model(look):
            yield self._unbuilt(look, cause)
            return
        unknown = _unknown_name(look)
        yield self.finding(
            look,
            find_lambdas(look.evidence.config.written) if unknown else _WHOLE,
            f"a lambda is saved without its module, and then does not know its names: {unknown}"
            if unknown
            else f"{_WHAT_FAILS.get(look.route, 'the saved file does not load')}{only_there}: {cause}",
            **locate(look.evidence, "from_config", "get_config", "build"),
        )

    def _unbuilt(self, look: Look, what: str) -> Finding:
        return self.finding(
            look,
            "build",
            "alone the layer cannot be loaded or copied (copy.deepcopy, pickle), in a functional model "
            f"it can: build() does not create all of its weights ({what})",
            severity=Severity.WARNING,
            hint=f"{write_build(look.evidence)}: build every sub-layer that is not built",
            **locate(look.evidence, "build", "__init__"),
        )

    def _loads_in_a_model(self, look: Look) -> bool:
        whole = [trip for trip in look.evidence.trips if trip.route not in PARTIAL_ROUTES]
        return any(trip.form == "functional" and trip.after and not trip.failure for trip in whole)


def _unknown_name(look: Look) -> str:
    """Return what a lambda lacks, brought back by its code alone, "" if it lacks nothing."""
    failures = [trip.failure.error for trip in look.evidence.trips if trip.unsafe and trip.failure]
    return next((describe_error(error) for error in failures if error.meaning(ErrorKind.UNKNOWN_NAME)), "")
