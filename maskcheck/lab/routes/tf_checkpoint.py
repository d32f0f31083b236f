"""Route ``tf-checkpoint``: saved by tf.train.Checkpoint, restored into the same layer built anew."""

from __future__ import annotations

import os
from collections.abc import Iterator

import tensorflow as tf

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.trip import bring_back, complete_trip
from maskcheck.lab.routes.weights import build_again, find_obstacle
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the one trip, unless the layer has no variables or cannot be made anew."""
    if obstacle := find_obstacle(traveller):
        yield NotTaken("tf-checkpoint", "", obstacle)
        return
    prefix = os.path.join(traveller.scratch, "checkpoint")

    def bring(_: bool) -> keras.Layer:
        anew = build_again(traveller)
        with quiet():
            path = guarded("save", tf.train.Checkpoint(layer=traveller.layer).save, prefix)
            guarded("load", _restore, anew.layer, path)
        return anew.layer

    yield complete_trip(traveller, "tf-checkpoint", "", bring_back(traveller, bring))


def _restore(layer: keras.Layer, path: str) -> None:
    """Restore as it is mostly done: what the checkpoint does not hold is passed over without a word."""
    tf.train.Checkpoint(layer=layer).restore(path).expect_partial()
