"""MC101."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.arguments import (
    LostArgument,
    find_lost_arguments,
    is_default_recorded,
    to_json_text,
)
from maskcheck.rules.base.rule import Look, NotApplicable, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import diff_configs


class ArgumentMissing(Rule):
    """A constructor argument has no way into the config.

    What it finds
        An argument was given a value, `get_config` says nothing of it, and the
        restored layer was made with another value, mostly the default. What the
        argument leaves on the layer, or what the layer does, is then different.
        Also an attribute that was changed after construction while the config
        still has the value of the constructor; and every argument of a subclassed
        Model without `get_config`, for which Keras records the defaults.
        It is a warning for an argument of a parent of Keras that has no effect on
        what the layer does: no call, no training step, no layer built anew shows it.
        Not reported: an argument of which only the default was tried (the report
        calls it "not proven"), one whose value a .keras file brings back in another
        way, Keras' own name, dtype, trainable and activity_regularizer (MC105),
        and what a parent of Keras itself loses, unless your `__init__` names it.

    Why it matters
        Nothing raises. The model loads and computes something else: the most
        frequent silent loss there is. Keras' own layer test does not see it either,
        since a key that is missing is missing on both sides.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor=1.0, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return super().get_config()
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor=1.0, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return {**super().get_config(), "factor": self.factor}
        ```

    Fix
        Write the argument to the config, as the finding's last line shows. A class
        that adds an argument needs its own `get_config` even if its parent has one.
    """

    code = "MC101"
    name = "argument-missing"
    shown_by = ("key", "attribute", "outputs", "copied config", "trip raises")
    judges_probes = True
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | NotApplicable]:
        """Judge every argument that the config lacks, or holds as it was long ago."""
        if all(argument.base for argument in look.evidence.facts.arguments):
            yield NotApplicable("the layer takes no argument of its own, so there is none to lose")
        for lost in find_lost_arguments(look):
            if lost.loss == "missing":
                yield self._missing(look, lost)
            elif lost.loss == "stale":
                yield self._stale(look, lost)

    def _missing(self, look: Look, lost: LostArgument) -> Finding:
        argument, written = lost.argument, look.evidence.config.written
        why = "the restored layer falls back to its default"
        given = {argument.name: _literal(lost), **written} if isinstance(written, dict) else None
        if given and is_default_recorded(look.evidence, argument, lost.written):
            why = "what a Model is given Keras does not see, and records the default instead"
            given = {**written, argument.name: _literal(lost)}
        return self.finding(
            look,
            argument.name,
            f"{argument.name} never reaches the config: {why}",
            before=show(argument.given),
            after=show(lost.came_back),
            diff=diff_configs(given, written) if given else "",
            hint=argument.hint,
            **locate(look.evidence, "get_config"),
        )

    def _stale(self, look: Look, lost: LostArgument) -> Finding:
        change = lost.traces[0]
        return self.finding(
            look,
            lost.argument.name,
            f"{change.path} was changed after construction, and the config still has the old value",
            before=show(change.differences[0].before),
            after=show(change.differences[0].after),
            hint=lost.argument.hint,
            **locate(look.evidence, "get_config"),
        )


def _literal(lost: LostArgument) -> object:
    import json

    text = to_json_text(lost.argument.given)
    try:
        return json.loads(text)
    except ValueError:
        return text
