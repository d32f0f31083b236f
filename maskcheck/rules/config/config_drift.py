"""MC107."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.snapshots import AttributeChange
from maskcheck.compare.values import is_marker
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.show import show
from maskcheck.model.value import DictValue, ListValue
from maskcheck.rules.base.arguments import list_attribute_paths
from maskcheck.rules.base.config_refusals import write_deserialization
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class ConfigDrift(Rule):
    """JSON changes the type of a value, and nobody changes it back.

    What it finds
        An attribute comes back with the same content in another type. JSON has no
        tuples (lists come back), no number as a key (text comes back), and of an
        array or a function it keeps a dict that describes it.
        It is an error if a call of the restored layer gives something else or raises,
        unless another difference is what makes it do so. As long as nothing depends
        on the type it is a warning, and a note for a list in place of a tuple.
        What a caller hands to `call` besides tensors goes into the file of a
        functional model, too, and comes back in the same way.
        Not reported: types that `__init__` or `from_config` restores, private
        attributes that no argument flows into, and another order of keys as long
        as every call gives the same.

    Why it matters
        `isinstance(x, tuple)`, `table[0]` and `shape + (1,)` work in the original
        and not in the copy. from_config(get_config()) and clone_model do not go
        through JSON and hide it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Tile(keras.layers.Layer):
            def __init__(self, repeats, **kwargs):
                super().__init__(**kwargs)
                self.repeats = repeats

            def call(self, inputs):
                return keras.ops.tile(inputs, (1,) + self.repeats)

            def get_config(self):
                return {**super().get_config(), "repeats": self.repeats}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Tile(keras.layers.Layer):
            def __init__(self, repeats, **kwargs):
                super().__init__(**kwargs)
                self.repeats = tuple(repeats)

            def call(self, inputs):
                return keras.ops.tile(inputs, (1,) + self.repeats)

            def get_config(self):
                return {**super().get_config(), "repeats": self.repeats}
        ```

    Fix
        Make the type you need in `__init__`: tuple(x), {int(k): v for k, v in
        x.items()}, numpy.array(x). What Keras wrote as a dict that describes an
        object is read by `keras.saving.deserialize_keras_object` in `from_config`.
    """

    code = "MC107"
    name = "config-drift"
    shown_by = ("attribute", "copied config", "outputs")
    severity = Severity.WARNING
    routes = CONFIG_ROUTES
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge attributes that have the same content in another type."""
        cause = look.trip.cause if look.trip else ()
        # What makes the copy agree again and is drawn anew at every build is no drift.
        changed = look.changes_behaviour() and not (cause and look.unstable.issuperset(cause))
        for change in look.contrast.attributes:
            subject = self._argument(look, change) or change.path
            known = change.public or subject != change.path
            drift = change.drift or _comes_as_marker(look, subject)
            if not (drift and change.own and known) or change.path in look.unstable:
                continue
            if change.layer and self._is_handed_down(look, change):
                continue
            at_fault = not cause or not _list_traces(look, change, subject).isdisjoint(cause)
            harmful = changed and (at_fault or _is_order(change))
            in_call = not change.name.isidentifier()
            if not harmful and (in_call or _is_order(change)):
                continue
            difference = change.differences[0]
            yield self.finding(
                look,
                subject,
                f"{change.path} comes back {self._form(change)}",
                severity=Severity.ERROR if harmful else _weigh(change),
                before=show(difference.before),
                after=show(difference.after),
                hint=self._hint(look, change, subject),
                **locate(look.evidence, "__init__", "from_config"),
            )

    def _argument(self, look: Look, change: AttributeChange) -> str:
        if change.layer:
            return ""
        arguments = look.evidence.facts.arguments
        return next((a.name for a in arguments if change.name in list_attribute_paths(a)), "")

    def _is_handed_down(self, look: Look, change: AttributeChange) -> bool:
        """Tell whether a sub-layer has only what an argument of the layer itself came back as."""
        values = [(d.before, d.after) for d in change.differences]
        return any(
            [(d.before, d.after) for d in other.differences] == values and self._argument(look, other)
            for other in look.contrast.attributes
        )

    def _form(self, change: AttributeChange) -> str:
        difference = change.differences[0]
        if is_marker(difference.after) or not change.drift:
            return "as the dict that describes it, because from_config does not deserialize it"
        if isinstance(difference.before, ListValue) and isinstance(difference.after, ListValue):
            return f"as a {difference.after.kind} instead of a {difference.before.kind}"
        if difference.kind == "order":
            return "in another order"
        if isinstance(difference.before, (int, bool, type(None))) and isinstance(difference.after, str):
            return "with its keys turned into text"
        return "in another type"

    def _hint(self, look: Look, change: AttributeChange, subject: str) -> str:
        difference = change.differences[0]
        if is_marker(difference.after) or not change.drift:
            return write_deserialization(look, subject)
        keys = isinstance(difference.before, int) and difference.kind == "type"
        if change.layer or not change.name.isidentifier() or (difference.path != change.name and not keys):
            return ""
        if isinstance(difference.before, ListValue) and difference.before.kind == "tuple":
            return f"self.{change.name} = tuple({subject})"
        if isinstance(difference.before, int):
            return f"self.{change.name} = {{int(key): value for key, value in {subject}.items()}}"
        return ""


def _list_traces(look: Look, change: AttributeChange, subject: str) -> frozenset[str]:
    """Return what a value of another type may have changed: its attribute, and what is made of it."""
    made = (list_attribute_paths(a) for a in look.evidence.facts.arguments if a.name == subject)
    return frozenset({change.path}.union(*made))


def _is_order(change: AttributeChange) -> bool:
    """Tell whether nothing but an order changed: what was made in it cannot be put back."""
    return all(difference.kind == "order" for difference in change.differences)


def _weigh(change: AttributeChange) -> Severity:
    """Return a note for a list in place of a tuple that nothing feels, a warning for any other form."""
    lists = all(
        isinstance(d.before, ListValue) and isinstance(d.after, ListValue) for d in change.differences
    )
    return Severity.NOTE if lists else Severity.WARNING


def _comes_as_marker(look: Look, argument: str) -> bool:
    """Tell whether ``__init__`` received the dict by which Keras describes an array."""
    came_back = (look.evidence.rebuilt or {}).get(argument)
    return isinstance(came_back, DictValue) and ("class_name", "__numpy__") in came_back.items
