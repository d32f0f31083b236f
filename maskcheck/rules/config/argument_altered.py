"""MC102."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import equivalent
from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.model.value import ListValue
from maskcheck.rules.base.arguments import (
    LostArgument,
    find_lost_arguments,
    find_swapped,
    list_attribute_paths,
)
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class ArgumentAltered(Rule):
    """A constructor argument comes back with another value.

    What it finds
        The config has the argument, but with another value than was given: rounded,
        turned into text, the result of a computation, the default, or the value of
        another argument. The restored layer was made with that.
        Not reported: an argument that `__init__` brings into a form which comes back
        the same (3 becomes (3, 3) and stays so); other types with the same content,
        as JSON makes them (MC107); a change that leaves the layer as it was.

    Why it matters
        Nothing raises, and every further save alters the value once more. After
        two round trips the value may even look right again.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Thin(keras.layers.Layer):
            def __init__(self, rate, **kwargs):
                super().__init__(**kwargs)
                self.keep = 1.0 - rate

            def call(self, inputs):
                return inputs * self.keep

            def get_config(self):
                return {**super().get_config(), "rate": self.keep}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Thin(keras.layers.Layer):
            def __init__(self, rate, **kwargs):
                super().__init__(**kwargs)
                self.rate = rate

            def call(self, inputs):
                return inputs * (1.0 - self.rate)

            def get_config(self):
                return {**super().get_config(), "rate": self.rate}
        ```

    Fix
        Keep the argument as it was given under its own name, write that, and derive
        other attributes from it.
    """

    code = "MC102"
    name = "argument-altered"
    shown_by = ("value", "attribute", "copied config", "outputs", "trip raises")
    judges_probes = True
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge every argument that the config holds with another value than was given."""
        losses = find_lost_arguments(look)
        pairs = find_swapped(losses)
        for first, second in pairs:
            yield self.finding(
                look,
                (first.argument.name, second.argument.name),
                f"get_config gives {first.argument.name} and {second.argument.name} each other's value",
                before=_pair(first, second, given=True),
                after=_pair(first, second, given=False),
                **locate(look.evidence, "get_config"),
            )
        taken = {id(loss) for pair in pairs for loss in pair}
        for lost in losses:
            if lost.loss == "altered" and id(lost) not in taken:
                yield self._altered(look, lost)

    def _altered(self, look: Look, lost: LostArgument) -> Finding:
        name = lost.argument.name
        right = equivalent(lost.argument.given, lost.written)
        added = _find_words_in_front(lost)
        says = f"the config says {show(lost.written, 60)}"
        if added:
            says = f"get_config writes it with {added} in front"
        if right:
            says = "the config has it, from_config gives another"
        return self.finding(
            look,
            name,
            f"{name} does not come back as given: {says}",
            before=show(lost.argument.given),
            after=show(lost.came_back),
            hint="return cls(**config)"
            if right
            else _write_vocabulary(lost)
            if added
            else _write_kept(look, lost),
            **locate(look.evidence, *(("from_config",) if right else ("get_config", "__init__"))),
        )


def _find_words_in_front(lost: LostArgument) -> str:
    """Return the reserved words that a lookup layer puts before the vocabulary it was given, "" if none."""
    sides = (lost.argument.given, lost.written)
    given, written = (list(side.items) if isinstance(side, ListValue) else [] for side in sides)
    count = len(written) - len(given)
    same = given and count > 0 and all(equivalent(a, b) for a, b in zip(given, written[count:], strict=True))
    return ", ".join(show(word) for word in written[:count]) if same else ""


def _write_kept(look: Look, lost: LostArgument) -> str:
    """Return the entry of the config with the attribute that still has what was given, "" if none has."""
    before = look.evidence.before
    held = before.layers[""].attributes if before else {}
    kept = [
        path
        for path in list_attribute_paths(lost.argument)
        if path in held and equivalent(held[path], lost.argument.given)
    ]
    return f'"{lost.argument.name}": self.{kept[0]},' if kept else ""


def _write_vocabulary(lost: LostArgument) -> str:
    """Return the entry of the config for the words of a lookup layer without those that it adds itself."""
    layers = [trace.layer for trace in lost.traces if "vocabulary" in trace.name]
    source = f"self.{layers[0]}." if layers else ""
    return f'"{lost.argument.name}": {source}get_vocabulary(include_special_tokens=False)'


def _pair(first: LostArgument, second: LostArgument, *, given: bool) -> str:
    return ", ".join(
        f"{loss.argument.name}={show(loss.argument.given if given else loss.written, 50)}"
        for loss in (first, second)
    )
