"""Whether a layer gives the same whatever its inputs and weights are: then outputs show nothing."""

from __future__ import annotations

from maskcheck.compare.values import compare
from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer.randomize import randomize_weights, restore_weights
from maskcheck.model.snapshot import TRAINING_STEP, Snapshot
from maskcheck.model.value import ArrayValue, Value


def has_constant_output(traveller: Traveller) -> bool:
    """Tell whether other inputs and other weights give the very same outputs.

    False where that cannot be tried: the case gives its inputs as values. A gradient that the
    training step has shown is enough to know.
    """
    if _has_gradient(traveller.reference):
        return False
    others = call_inputs(traveller.case, traveller.seed + 3)
    own = traveller.modes["inference"]
    others = CallInputs(others.args, {**own.kwargs, **others.kwargs})
    if not _differ(own, others) or compare(_outputs(traveller, own), _outputs(traveller, others)):
        return False
    first = _outputs(traveller, own)
    old = randomize_weights(traveller.layer, traveller.seed + 3)
    second = _outputs(traveller, own)
    restore_weights(traveller.layer, old, integers_only=False)
    return not compare(first, second)


def _has_gradient(reference: Snapshot) -> bool:
    """Tell whether a loss of the outputs alone reaches a weight or an input."""
    step = reference.calls.get(TRAINING_STEP)
    if step is None or step.step is None or any(call.losses for call in reference.calls.values()):
        return False
    gradients = [*step.step.gradients.values(), *step.step.inputs]
    return any(isinstance(gradient, ArrayValue) and bool(gradient.array.any()) for gradient in gradients)


def _outputs(traveller: Traveller, inputs: CallInputs) -> Value:
    return traveller.call(traveller.layer, {"inference": inputs})["inference"].outputs


def _differ(first: CallInputs, second: CallInputs) -> bool:
    return bool(compare(freeze(list(first.args)), freeze(list(second.args))))
