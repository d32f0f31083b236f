"""MC406."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.model.show import show
from maskcheck.model.value import ClassValue, DictValue, FunctionValue, ListValue, ObjectValue, Value
from maskcheck.rules.base.rule import BUILD, Look, Rule
from maskcheck.rules.base.source_location import locate

# What nothing is done with until somebody asks for it.
_IDLE = {
    "builtins.coroutine": "a coroutine",
    "builtins.generator": "a generator",
    "builtins.async_generator": "a generator",
}


class OutputUnusable(Rule):
    """call returns something that no model can use.

    What it finds
        The inference call of the case gives nothing (None, an empty list), a text, a
        coroutine, a generator or a function, and no tensor beside it: mostly a
        `return` that was forgotten, an `async` or a `yield`.

    Why it matters
        The layer comes back equal to itself, so all else about it may be fine. But
        what stands behind it in a model gets nothing.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def call(self, inputs):
                outputs = 2.0 * inputs
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def call(self, inputs):
                outputs = 2.0 * inputs
                return outputs
        ```

    Fix
        Return a tensor, or a list, tuple or dict of tensors.
    """

    code = "MC406"
    name = "output-unusable"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding]:
        """Judge what the inference call gave."""
        before = look.evidence.before
        what = _describe_unusable(before.calls["inference"].outputs) if before else ""
        if what:
            lacking = look.evidence.facts.methods["call"].forgotten
            place = locate(look.evidence, "call")
            if lacking and place["file"] == look.evidence.facts.methods["call"].file:
                place["line"] = lacking[0]
            yield self.finding(
                look,
                "outputs",
                f"call() returns {what}: no model can use it",
                hint=lacking[1] if lacking else "",
                **place,
            )


def _describe_unusable(value: Value) -> str:
    """Return what an output is that is no tensor and has none in it, "" if it may be of use."""
    match value:
        case None:
            return "None"
        case str() | bytes():
            return f"a text, {show(value, 40)}"
        case FunctionValue() | ClassValue():
            return f"a function or class, {value.name}"
        case ObjectValue():
            return _IDLE.get(value.class_name, "")
        case ListValue(items=()) | DictValue(items=()):
            return f"an empty {value.kind}"
        case ListValue(items=items) if value.kind in ("list", "tuple"):
            found = [_describe_unusable(item) for item in items]
            return f"a {value.kind} of nothing but {found[0]}" if all(found) else ""
    return ""
