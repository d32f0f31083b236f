"""All kinds of fault that are planted."""

from __future__ import annotations

from ..kind import Kind
from . import attributes, forms, latent, masks, parents, purity, values, weights

KINDS: tuple[Kind, ...] = (
    *values.KINDS,
    *latent.KINDS,
    *parents.KINDS,
    *purity.KINDS,
    *forms.KINDS,
    *masks.KINDS,
    *weights.KINDS,
    *attributes.KINDS,
)
