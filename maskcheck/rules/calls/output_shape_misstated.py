"""MC405."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.compare.output_shapes import Shape, are_fitting, list_real_shapes, list_stated_shapes
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.value import ABSENT
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, NotApplicable, Rule
from maskcheck.rules.base.source_location import locate


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
            shapes, real = list_stated_shapes(stated), list_real_shapes(before.calls["inference"].outputs)
            if real is None:
                yield Inconclusive("not all outputs are dense tensors")
            elif not are_fitting(shapes, real):
                yield self.finding(
                    look,
                    "compute_output_shape",
                    f"compute_output_shape says {_text(shapes)}, and the call gives {_text(real)}",
                    **locate(look.evidence, "compute_output_shape", "call"),
                )


def _text(shapes: Sequence[Shape] | Sequence[tuple[int, ...]]) -> str:
    return ", ".join(str(shape) for shape in shapes) or "nothing"
