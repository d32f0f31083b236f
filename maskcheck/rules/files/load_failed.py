"""MC602."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import SAVING_ROUTES, WHOLE_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import Place, is_user_defined, locate
from maskcheck.rules.base.text import describe_error, join_names
from maskcheck.rules.base.weights import CALLED_AGAIN, find_unbuilt
from maskcheck.rules.files.unbuilt_texts import (
    ALONE,
    MODEL_FILES,
    describe_loss,
    describe_unbuilt,
    is_lost_everywhere,
)
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
# That of all that build() leaves out.
_BUILD = "build"


class LoadFailed(Rule):
    """A saved file does not load.

    What it finds
        The file was written without complaint, and loading it raises. The finding
        gives the innermost cause: of a lambda, which is saved without its module,
        the name that it lacks. What a faulty config or lost weight explains is told
        with that.
        Where `build` leaves a sub-layer unbuilt, so that there is nothing to load its
        weights into, the finding names it, whether Keras refuses the file or says
        nothing. That is a warning if the layer loads inside a functional model, which
        calls it again and so makes the weights, and fails only alone (copy.deepcopy,
        pickle) or in a model that merely holds it.

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
    shown_by = ("trip raises", "outputs")
    routes = SAVING_ROUTES
    needs_arrival = False
    warned_by = "module"

    def explains(self, finding: Finding) -> bool:
        """What build does not make, or a lambda lacks, is lacking wherever that shows."""
        return finding.subjects != (_WHOLE,)

    def is_shown_alone(self, evidence: Evidence, finding: Finding) -> bool:
        """What is not built was seen on a layer that was constructed and built, and came from no file."""
        own = is_user_defined(evidence, "get_build_config", "build_from_config")
        return bool(evidence.unbuilt) and finding.subjects == (_BUILD,) and not own

    def is_about(self, evidence: Evidence, finding: Finding, path: str) -> bool:
        """What build leaves out is about the weights that are lacking then."""
        if finding.subjects != (_BUILD,):
            return super().is_about(evidence, finding, path)
        return any(path in layer.weights for layer in evidence.unbuilt)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the way back, inside a functional model, held by another and alone."""
        if find_unbuilt(look):
            yield self._unbuilt(look)
        failure = look.trip.failure if look.trip else None
        if look.trip is None or failure is None or failure.step != "load":
            return
        if look.evidence.unbuilt and failure.error.meaning(ErrorKind.NEVER_BUILT):
            yield self._unbuilt(look)
            return
        added = _find_added(look, failure.error)
        if added:
            yield self.finding(
                look,
                added,
                f"{join_names(added)} is in no file: the class of Keras that this one derives from saves a "
                f"fixed list of variables, and refuses it then: {describe_error(failure.error)}",
                hint="hold a layer of that class instead of deriving from it",
                **locate(look.evidence, "build", "__init__"),
            )
            return
        cause = describe_error(failure.error)
        elsewhere = look.trip.elsewhere
        if elsewhere is None and _loads_in_a_model(look):
            yield self.finding(
                look,
                _BUILD,
                f"{ALONE}, in a functional model, which calls it again, it can: {cause}",
                severity=Severity.WARNING,
                **locate(look.evidence, "build", "__init__"),
            )
            return
        only_there = " in a new process, though it does here" if elsewhere and elsewhere.twin else ""
        unknown = _unknown_name(look)
        yield self.finding(
            look,
            find_lambdas(look.evidence.config.written) if unknown else _WHOLE,
            f"a lambda is saved without its module, and then does not know its names: {unknown}"
            if unknown
            else f"{_WHAT_FAILS.get(look.route, 'the saved file does not load')}{only_there}: {cause}",
            **locate(look.evidence, "from_config", "get_config", "build"),
        )

    def _unbuilt(self, look: Look) -> Finding:
        evidence = look.evidence
        gaps = [gap for gap in evidence.build_gaps if gap.hint]
        place = locate(evidence, "__init__")
        if gaps and not gaps[0].build.builtin:
            place = Place(file=gaps[0].build.file, line=gaps[0].build.line)
        return self.finding(
            look,
            _BUILD,
            f"{describe_unbuilt(evidence)}: {describe_loss(evidence)}",
            severity=Severity.ERROR if is_lost_everywhere(evidence) else Severity.WARNING,
            hint="\n".join(
                dict.fromkeys(f"# in {gap.holder}:\n{gap.hint}" if gap.holder else gap.hint for gap in gaps)
            ),
            **place,
        )


def _find_added(look: Look, error: ErrorInfo) -> tuple[str, ...]:
    """Return the variables that a class adds to one of Keras that saves only those it knows."""
    saves = look.evidence.facts.methods.get("save_own_variables")
    own = saves is None or not saves.builtin or saves.file.endswith("layers/layer.py")
    if own or not error.meaning(ErrorKind.FEWER_VARIABLES, ErrorKind.NEVER_BUILT):
        return ()
    failures = (trip.failure.error for trip in look.evidence.trips if trip.failure)
    meaning = next(filter(None, (each.meaning(ErrorKind.FEWER_VARIABLES) for each in failures)), None)
    return meaning.names[int(meaning.get("count")) :] if meaning else ()


def _loads_in_a_model(look: Look) -> bool:
    """Tell whether what fails is the layer alone, or in a model that does not call it while it loads."""
    forms = (trip.form for trip in look.evidence.trips if trip.route in MODEL_FILES and trip.after)
    alone = look.trip is not None and look.route in WHOLE_ROUTES and look.trip.form not in CALLED_AGAIN
    return alone and "functional" in forms


def _unknown_name(look: Look) -> str:
    """Return what a lambda lacks, brought back by its code alone, "" if it lacks nothing."""
    failures = [trip.failure.error for trip in look.evidence.trips if trip.unsafe and trip.failure]
    return next((describe_error(error) for error in failures if error.meaning(ErrorKind.UNKNOWN_NAME)), "")
