"""The model that carries a layer on the routes of whole models."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.routes.support.containers import Holder, NotTraceable, find_place, make_functional


@dataclass(frozen=True)
class Carrier:
    """A model with the layer at ``index`` among its layers; None where the layer is that model itself."""

    model: keras.Model
    form: str
    index: int | None = None

    def unload(self, model: keras.Model) -> keras.Layer:
        """Return the layer out of a model that was made from this one."""
        return model if self.index is None else model.layers[self.index]


def make_functional_carrier(traveller: Traveller) -> Carrier:
    """Return a functional model with the layer in it, or the layer if it is a model itself.

    Raises:
        NotTraceable: the layer cannot be called on symbolic inputs.
    """
    if isinstance(traveller.layer, keras.Model):
        return Carrier(traveller.layer, "model")
    return _carry(traveller, make_functional(traveller.layer, traveller.modes["inference"]), "functional")


def make_carrier(traveller: Traveller) -> Carrier:
    """Return a model with the layer in it: a functional one, or where none can be made, a subclassed one."""
    try:
        return make_functional_carrier(traveller)
    except NotTraceable:
        return _carry(traveller, Holder(traveller.layer), "held")


def _carry(traveller: Traveller, model: keras.Model, form: str) -> Carrier:
    return Carrier(model, form, find_place(model, traveller.layer))
