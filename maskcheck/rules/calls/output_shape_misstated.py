"""MC405."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.model.value import ABSENT, ArrayValue, DictValue, ListValue, ObjectValue, Value
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, NotApplicable, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import list_leaves

Shape = tuple[Value, ...]


class OutputShapeMisstated(Rule):
    """compute_output_shape says something else than what comes out.

    What it finds
        The class has a `compute_output_shape` of its own or from a class of Keras
        that it extends, and for the inputs of the case that gives another number
        of outputs or another shape than the call. A size of None fits any size.
        Skipped where that method is left to Keras; inconclusive where it raises.

    Why it matters
        A functional model believes `compute_output_shape` and never asks the call:
        the layers after this one are built for the wrong shape. The model fails far
        from the cause, or broadcasts.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Pairs(keras.layers.Layer):
            def call(self, inputs):
                return keras.ops.concatenate([inputs, inputs], axis=-1)

            def compute_output_shape(self, input_shape):
                return input_shape
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Pairs(keras.layers.Layer):
            def call(self, inputs):
                return keras.ops.concatenate([inputs, inputs], axis=-1)

            def compute_output_shape(self, input_shape):
                return (*input_shape[:-1], 2 * input_shape[-1])
        ```

    Fix
        Mend the method, or remove it: Keras finds the shape by calling the layer
        on symbolic tensors.
    """

    code = "MC405"
    name = "output-shape-misstated"
    severity = Severity.WARNING
    routes = (BUILD,)
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive | NotApplicable]:
        """Compare what the layer states with what its inference call gave."""
        stated, before = look.evidence.stated, look.evidence.before
        if before is None:
            yield Inconclusive("the layer could not be built and called")
        elif stated is ABSENT:
            yield NotApplicable("compute_output_shape is left to Keras")
        elif isinstance(stated, str):
            yield Inconclusive(f"compute_output_shape {stated}")
        else:
            shapes, outputs = _list_stated_shapes(stated), before.calls["inference"].outputs
            real = [leaf.array.shape for _, leaf in list_leaves(outputs) if isinstance(leaf, ArrayValue)]
            if len(real) != len(list_leaves(outputs)) or _is_composite(outputs):
                yield Inconclusive("not all outputs are dense tensors")
            elif not _are_fitting(shapes, real):
                yield self.finding(
                    look,
                    "compute_output_shape",
                    f"compute_output_shape says {_text(shapes)}, and the call gives {_text(real)}",
                    **locate(look.evidence, "compute_output_shape", "call"),
                )


def _list_stated_shapes(value: Value) -> list[Shape]:
    """Return the shapes of a tree of objects "shape" in order."""
    states = [leaf.state for _, leaf in list_leaves(value) if isinstance(leaf, ObjectValue)]
    return [state.items for state in states if isinstance(state, ListValue)]


def _is_composite(value: Value) -> bool:
    """Tell whether there is a ragged or sparse tensor, which is kept in its parts."""
    if isinstance(value, DictValue):
        return any(_is_composite(item) for _, item in value.items)
    if isinstance(value, ListValue):
        return value.kind in ("ragged", "sparse") or any(map(_is_composite, value.items))
    return False


def _are_fitting(stated: list[Shape], real: list[tuple[int, ...]]) -> bool:
    return len(stated) == len(real) and all(
        len(shape) == len(sizes)
        and all(size is None or size == other for size, other in zip(shape, sizes, strict=True))
        for shape, sizes in zip(stated, real, strict=True)
    )


def _text(shapes: list[Shape] | list[tuple[int, ...]]) -> str:
    return ", ".join(str(shape) for shape in shapes) or "nothing"
