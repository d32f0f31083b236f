"""The model that carries a layer on the routes of whole models."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.lab.api import keras
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.routes.support.containers import Holder, NotTraceable, functional


@dataclass(frozen=True)
class Vessel:
    """A model with the layer at ``place`` among its layers; None where the layer is that model itself."""

    model: keras.Model
    form: str
    place: int | None = None

    def unloaded(self, model: keras.Model) -> keras.Layer:
        """Return the layer out of a model that was made from this one."""
        return model if self.place is None else model.layers[self.place]


def functional_vessel(traveller: Traveller) -> Vessel:
    """Return a functional model with the layer in it, or the layer if it is a model itself.

    Raises:
        NotTraceable: the layer cannot be called on symbolic inputs.
    """
    if isinstance(traveller.layer, keras.Model):
        return Vessel(traveller.layer, "model")
    return _vessel(traveller, functional(traveller.layer, traveller.modes["inference"]), "functional")


def vessel(traveller: Traveller) -> Vessel:
    """Return the same, or a subclassed model that holds the layer where no functional one can."""
    try:
        return functional_vessel(traveller)
    except NotTraceable:
        return _vessel(traveller, Holder(traveller.layer), "held")


def _vessel(traveller: Traveller, model: keras.Model, form: str) -> Vessel:
    return Vessel(model, form, model.layers.index(traveller.layer))
