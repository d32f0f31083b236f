"""MC201."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.compare.snapshots import AttributeChange
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.show import show
from maskcheck.model.value import ReferenceValue
from maskcheck.rules.base.arguments import are_namesakes, list_attribute_paths
from maskcheck.rules.base.rule import WHOLE_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import Place, locate
from maskcheck.rules.base.text import join_first_names, join_names, list_deltas


class AttributeLost(Rule):
    """An attribute is gone or differs, and no argument explains it.

    What it finds
        An attribute of the layer is not what it was after a .keras file was loaded:
        set by a method, from outside or from data, it is neither an argument in the
        config nor a weight. Also an `input_spec` that was set from outside.
        It is an error if a call then gives something else, or if an argument that
        came back flows into the attribute; else a warning.
        Flags and counters that calls move are state, too, also private ones and those
        of sub-layers: an error where the copy, which has them as `__init__` leaves
        them, then overwrites its weights or computes something else.
        Not reported: private attributes as long as no call gives anything else,
        attributes that only loading adds, counters that every call moves on, and
        sub-layers and their attributes (MC204).

    Why it matters
        The layer was tuned, and the copy is not. Statistics that are kept as plain
        numbers are lost in this way.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Center(keras.layers.Layer):
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.mean = 0.0

            def measure(self, data):
                self.mean = float(keras.ops.mean(data))

            def call(self, inputs):
                return inputs - self.mean
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Center(keras.layers.Layer):
            def build(self, input_shape):
                self.mean = self.add_weight(
                    name="mean", shape=(), initializer="zeros", trainable=False
                )

            def measure(self, data):
                self.mean.assign(keras.ops.mean(data))

            def call(self, inputs):
                return inputs - self.mean
        ```

    Fix
        Keep numbers in a weight with trainable=False. Other state goes into the
        config as an argument, or through `save_assets` and `load_assets`.
    """

    code = "MC201"
    name = "attribute-lost"
    shown_by = ("attribute", "outputs")
    severity = Severity.WARNING
    routes = WHOLE_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge attributes of the layer, and the input_spec that was set on it; sub-layers are MC204's."""
        harmful = look.changes_behaviour()
        for change in look.contrast.lost_attributes:
            if _is_felt_state(look, change):
                yield self._reset(look, change)
                continue
            if change.layer or not self._counts(look, change, harmful):
                continue
            fed = next(
                (a.name for a in look.evidence.facts.arguments if change.name in list_attribute_paths(a)), ""
            )
            difference = change.differences[0]
            yield self.finding(
                look,
                change.path,
                f"{change.path} is not what it was"
                + (f", though {fed} came back" if fed else ": nothing in the config or the file holds it"),
                severity=Severity.ERROR if harmful or fed else _weigh(look, change),
                before=show(difference.before),
                after=show(difference.after),
                deltas=list_deltas(change.differences),
                **locate(look.evidence, "get_config", "save_assets"),
            )
        yield from self._input_spec(look)

    def _counts(self, look: Look, change: AttributeChange, harmful: bool) -> bool:
        if not harmful and all(are_namesakes(d.before, d.after) for d in change.differences):
            return False
        if all(
            isinstance(d.before, ReferenceValue) or isinstance(d.after, ReferenceValue)
            for d in change.differences
        ):
            return False
        cause = look.trip.cause if look.trip else ()
        felt = harmful and (not cause or change.path in cause)
        if change.path in look.unstable | look.evidence.stability.counters:
            return felt and change.path in look.evidence.stability.counters
        return change.public or felt

    def missing_though_given(self, evidence: Evidence, names: Sequence[str]) -> Finding:
        """Return the finding on a probe: arguments came back, and what they leave on the layer did not."""
        trip = next(iter(evidence.trips), None)
        traces = sorted(evidence.lost_traces)
        return self.finding(
            Look(evidence, trip),
            names,
            f"{join_names(names)} comes back, and what it leaves does not: {join_first_names(traces)}",
            severity=Severity.ERROR,
            **locate(evidence, "from_config", "get_config", "__init__"),
        )

    def _reset(self, look: Look, change: AttributeChange) -> Finding:
        difference = change.differences[0]
        overwritten = look.trip.overwritten if look.trip else ()
        then = f"the next {_list_modes(look)} call"
        owner, place = _find_owner(look, change)
        does = f"overwrites {join_first_names(overwritten)}" if overwritten else "gives something else"
        return self.finding(
            look,
            change.path,
            f"{change.path}, which calls set, comes back {show(difference.after)}: {then} {does}",
            severity=Severity.ERROR,
            before=show(difference.before),
            after=show(difference.after),
            hint=f"make {change.name} a weight{owner}: self.add_weight(..., trainable=False)",
            **place,
        )

    def _input_spec(self, look: Look) -> Iterator[Finding]:
        for difference in look.contrast.flags:
            if difference.path == "input_spec":
                yield self.finding(
                    look,
                    "input_spec",
                    "input_spec was set on the layer from outside and does not come back",
                    before=show(difference.before),
                    after=show(difference.after),
                    hint="self.input_spec = keras.InputSpec(...)",
                    **locate(look.evidence, "__init__", "build"),
                )


def _weigh(look: Look, change: AttributeChange) -> Severity:
    """Return a note for a generator that had no seed: there is none to come back."""
    before = look.evidence.before
    generator = before is not None and f"{change.path}.state" in before.weights
    unseeded = generator and all(difference.before is None for difference in change.differences)
    return Severity.NOTE if unseeded else Severity.WARNING


def _is_felt_state(look: Look, change: AttributeChange) -> bool:
    """Tell whether calls move an attribute, and the copy behaves otherwise for want of it."""
    cause = look.trip.cause if look.trip else ()
    return look.changes_behaviour() and change.path in look.evidence.stability.counters.intersection(cause)


def _find_owner(look: Look, change: AttributeChange) -> tuple[str, Place]:
    """Return whose an attribute of a sub-layer is, in words, and where that class is written."""
    before = look.evidence.before
    state = before.layers.get(change.layer) if before and change.layer else None
    name = state.class_name.rpartition(".")[2] if state else ""
    part = look.evidence.facts.parts.get(name)
    if part is None:
        return "", locate(look.evidence, "call", "__init__")
    return f" of {name}", {"file": part.file, "line": part.line}


def _list_modes(look: Look) -> str:
    """Return the modes of calling that differ, the plainest alone."""
    modes = [call.mode for call in look.contrast.calls if call.differs]
    return next((mode for mode in ("inference", "training") if mode in modes), "such")
