"""MC401."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.route import ROUTES
from maskcheck.model.value import ArrayValue, list_leaves
from maskcheck.rules.base.behaviour import explain_inconclusive, is_reshaped, select_plain_calls
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_outputs, join_first_names, list_deltas


class OutputChanged(Rule):
    """The restored layer gives other outputs, and nothing on it says why.

    What it finds
        Inference or seeded training, with or without a mask, gives other values, or
        raises, and no other finding explains it. Mostly arguments, attributes and
        weights did come back: what the call uses is kept outside the layer, in the
        module, a closure or a file.
        Where a lost argument, attribute or weight explains the outputs, they are
        told with that one.
        Inconclusive, not an error: two equal calls of the original differ (MC007),
        its outputs are constant, or the route does not carry state that a .keras
        file does carry.

    Why it matters
        The model that is loaded is not the model that was saved.

    Bad
        ```python
        GAINS = {}


        @keras.saving.register_keras_serializable()
        class Gain(keras.layers.Layer):
            def tune(self, gain):
                GAINS[id(self)] = gain

            def call(self, inputs):
                return inputs * GAINS.get(id(self), 1.0)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Gain(keras.layers.Layer):
            def build(self, input_shape):
                self.gain = self.add_weight(
                    name="gain", shape=(), initializer="ones", trainable=False
                )

            def tune(self, gain):
                self.gain.assign(gain)

            def call(self, inputs):
                return inputs * self.gain
        ```

    Fix
        Keep on the layer what `call` needs: an argument that is in the config, or a
        weight.
    """

    code = "MC401"
    name = "output-changed"
    shown_by = ("outputs",)
    routes = ROUTES

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge inference and seeded training, with and without masks."""
        if not look.has_stable_call:
            yield Inconclusive("two equal calls of the original differ")
            return
        changed = [
            call
            for call in select_plain_calls(look)
            if call.error or any(not is_reshaped(d) for d in call.outputs)
        ]
        if not changed:
            if _is_constant(look):
                yield Inconclusive("the outputs are constant, so equal outputs prove nothing")
            elif look.evidence.stability.constant_output:
                yield Inconclusive("the outputs depend on no input and no weight: equal ones prove little")
            return
        reason = explain_inconclusive(look)
        if reason:
            yield Inconclusive(reason)
            return
        sentences = "; ".join(describe_outputs(call) for call in changed)
        yield self.finding(
            look,
            "outputs",
            f"{sentences}{_explain_cause(look)}",
            deltas=list_deltas(d for call in changed for d in call.outputs),
            **locate(look.evidence, "call"),
        )


def _explain_cause(look: Look) -> str:
    """Return what putting things back on the copy showed."""
    cause = look.trip.cause if look.trip else ()
    if cause:
        return f"; with {join_first_names(cause)} put back they agree"
    found = look.contrast
    if found.attributes or found.weights or found.flags or found.layers:
        return ""
    return ", though arguments, attributes and weights came back"


def _is_constant(look: Look) -> bool:
    """Tell whether every output of the original has one value only."""
    calls = look.evidence.before.calls.values() if look.evidence.before else ()
    arrays = [
        leaf.array for call in calls for _, leaf in list_leaves(call.outputs) if isinstance(leaf, ArrayValue)
    ]
    large = [array for array in arrays if array.size > 1 and array.dtype.kind in "fiub"]
    return bool(large) and all(bool((array == array.flat[0]).all()) for array in large)
