"""MC304."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.model.value import FunctionValue
from maskcheck.rules.base.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_first_names
from maskcheck.rules.base.weights import list_weight_changes, make_weights_finding


class VariableUntracked(Rule):
    """A variable or layer that Keras does not track is never saved.

    What it finds
        A variable that can be reached from the layer but is not among its weights,
        and did not come back: a tf.Variable, or a variable or layer inside an object
        that is neither a layer nor a list or dict.
        One that is not trained and that no line of its class assigns is the same in
        every layer; that is a note.
        Not reported: one that comes back with its values in another way.

    Why it matters
        It is not in any file, and not in `trainable_weights` either, so the optimizer
        passes over it too. Only random values show it: a tf.Variable that starts
        at one comes back as one.

    Bad
        ```python
        import tensorflow as tf


        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def build(self, input_shape):
                self.scale = tf.Variable(tf.ones(input_shape[-1]))

            def call(self, inputs):
                return inputs * self.scale
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def build(self, input_shape):
                self.scale = self.add_weight(
                    name="scale", shape=(input_shape[-1],), initializer="ones"
                )

            def call(self, inputs):
                return inputs * self.scale
        ```

    Fix
        Make variables with `self.add_weight`. Hold sub-layers in an attribute, a list
        or a dict of the layer, or turn the object that holds them into a layer.
    """

    code = "MC304"
    name = "variable-untracked"
    shown_by = ("weight", "outputs")
    routes = WEIGHT_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge variables found on the layer that are not among its weights."""
        constants = sorted(look.evidence.facts.constants)
        if constants and look.route == "keras":
            yield self.finding(
                look,
                constants,
                f"{join_first_names(constants)} is in no file: Keras does not track it, and it is the "
                "same in every layer as long as nobody assigns it",
                severity=Severity.NOTE,
                **locate(look.evidence, "build", "__init__"),
            )
        found = [change for change in list_weight_changes(look, "untracked") if change.before]
        if not found:
            return
        before = look.evidence.before
        strays = [p for p, s in before.layers.items() if not s.tracked] if before else []
        place = locate(look.evidence, "build", "__init__")
        for stray in strays:
            inside = [change for change in found if change.path.startswith(f"{stray}.")]
            if inside:
                message = f"Keras does not see {_describe(look, stray)}, so its weights are in no file: {{0}}"
                finding = make_weights_finding(self, look, inside, message, place)
                yield _rename(
                    finding, stray, "hold the layer in an attribute, a list or a dict of this layer"
                )
        outside = [c for c in found if not any(c.path.startswith(f"{stray}.") for stray in strays)]
        for change in outside:
            message = "{0} is a variable that Keras does not track, so it is never saved"
            finding = make_weights_finding(self, look, [change], message, place)
            yield _rename(
                finding, change.path, f"self.{change.path.partition('.')[0]} = self.add_weight(...)"
            )


def _describe(look: Look, stray: str) -> str:
    """Return the path and class of a layer that Keras does not track, and whether a function holds it."""
    before = look.evidence.before
    state = before.layers.get(stray) if before else None
    holder = before.root.attributes.get(stray.partition(".")[0]) if before else None
    held = " that only a function holds" if isinstance(holder, FunctionValue) else ""
    return f"{stray}, a {state.class_name.rpartition('.')[2]}{held}" if state else stray


def _rename(finding: Finding, subject: str, hint: str) -> Finding:
    from dataclasses import replace

    return replace(finding, subjects=(subject,), hint=hint)
