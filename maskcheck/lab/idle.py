"""Whether the outputs of a layer say anything: some depend neither on the inputs nor on a weight."""

from __future__ import annotations

from maskcheck.compare.values import compare
from maskcheck.lab.calls import call_all
from maskcheck.lab.freeze import freeze
from maskcheck.lab.inputs import CallInputs, call_inputs
from maskcheck.lab.perturb import perturb, put_back
from maskcheck.lab.trip import Traveller
from maskcheck.lab.walk import walk
from maskcheck.model.value import Value


def is_idle(traveller: Traveller) -> bool:
    """Tell whether other inputs and other weights give the very same outputs.

    False where that cannot be tried: the case gives its inputs as values.
    """
    others = call_inputs(traveller.case, traveller.seed + 3)
    own = traveller.modes["inference"]
    others = CallInputs(others.args, {**own.kwargs, **others.kwargs})
    if not _differ(own, others) or compare(_outputs(traveller, own), _outputs(traveller, others)):
        return False
    first = _outputs(traveller, own)
    old = perturb(traveller.layer, traveller.seed + 3)
    second = _outputs(traveller, own)
    put_back(traveller.layer, old, integers_only=False)
    return not compare(first, second)


def _outputs(traveller: Traveller, inputs: CallInputs) -> Value:
    calls = call_all(traveller.layer, walk(traveller.layer), {"inference": inputs}, traveller.seed)
    return calls["inference"].outputs


def _differ(first: CallInputs, second: CallInputs) -> bool:
    return bool(compare(freeze(list(first.args)), freeze(list(second.args))))
