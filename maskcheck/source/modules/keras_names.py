"""Recognizes Keras' own classes by name."""

from __future__ import annotations

from maskcheck.source.modules.library import Named, Opaque

_PACKAGES = ("keras", "tf_keras")
_ROOTS = frozenset(
    f"{package}.{module}.Layer"
    for package in _PACKAGES
    for module in ("src.layers.layer", "src.engine.base_layer", "engine.base_layer")
)


def is_keras_layer(named: Named) -> bool:
    """Return whether ``named`` is Keras' Layer, or by its path some layer of a Keras that is out of reach."""
    if not isinstance(named, Opaque):
        return named.id in _ROOTS
    *parents, last = named.id.split(".")
    shown = last in {"Layer", "Model", "Sequential"} or not {"layers", "models"}.isdisjoint(parents)
    return is_keras_own(named) and last[:1].isupper() and shown


def is_keras_model(named: Named) -> bool:
    """Return whether ``named`` is Keras' Model."""
    return is_keras_own(named) and named.id.endswith(".Model")


def is_keras_own(named: Named) -> bool:
    """Return whether ``named`` is defined in Keras itself."""
    return named.id.partition(".")[0] in _PACKAGES
