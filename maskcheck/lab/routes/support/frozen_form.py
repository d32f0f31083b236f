"""A layer frozen once it is built, as users do before they fine-tune a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from maskcheck.lab.calls.snapshot import layer_state, weights
from maskcheck.lab.keras_api import keras, set_trainable, trainable_weights
from maskcheck.lab.layer.object_graph import walk
from maskcheck.model.snapshot import Snapshot


@contextmanager
def freeze_layer(layer: keras.Layer) -> Iterator[None]:
    """Set ``trainable`` to False inside, which reaches all that the layer holds, and put it all back."""
    found = walk(layer)
    flags = [(part, part.trainable) for part in found.layers.values()]
    variables = [(entry.variable, entry.variable.trainable) for entry in found.variables.values()]
    layer.trainable = False
    try:
        yield
    finally:
        for part, flag in flags:
            if part.trainable != flag:
                part.trainable = flag
        for variable, flag in variables:
            if variable.trainable != flag:
                set_trainable(variable, flag)


def read_trainability(layer: keras.Layer) -> Snapshot:
    """Return the flag of the layer and its weights, trainable if an optimizer would get them.

    What the flags of sub-layers are does not count as long as the layer's own overrules them.
    """
    effective = {id(variable) for variable in trainable_weights(layer)}
    walked = walk(layer)
    found = {
        path: replace(weight, trainable=id(walked.variables[path].variable) in effective)
        for path, weight in weights(layer, walked).items()
        if weight.kind == "weight"
    }
    root = layer_state("", layer, walked.names)
    flags = {"trainable": root.flags["trainable"]}
    return Snapshot({"": replace(root, flags=flags, attributes={})}, found)
