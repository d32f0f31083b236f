"""What a layer gives that was never saved, to compare two versions of its source."""

from __future__ import annotations

from collections.abc import Mapping

from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.layer.variables import assign, finalize, read
from maskcheck.model.evidence import Evidence
from maskcheck.model.snapshot import TRAINING_STEP, CallResult


def read_unsaved_outputs(evidence: Evidence, traveller: Traveller) -> Mapping[str, CallResult]:
    """Return what another layer of the case gives in each mode of calling in which the layer is stable.

    Its weights are decided by their paths alone: the order in which ``build`` makes them, and so what
    their initializers draw, may differ between two versions of a class that do the same.
    """
    try:
        layer = traveller.build(traveller.seed).layer
    except BuildError:
        return {}
    _set_weights(layer, traveller.seed)
    left_out = {TRAINING_STEP, "training", *evidence.stability.unstable_modes}
    modes = {mode: inputs for mode, inputs in traveller.modes.items() if mode not in left_out}
    return traveller.call(layer, modes)


def _set_weights(layer: keras.Layer, seed: int) -> None:
    for path, entry in walk(layer).variables.items():
        value = read(entry.variable)
        if value.dtype.kind == "f" and value.size:
            # Positive, as variances and counts have to be.
            assign(
                entry.variable, rng(seed, f"weight {path}").uniform(0.1, 0.9, value.shape).astype(value.dtype)
            )
    finalize(layer)
