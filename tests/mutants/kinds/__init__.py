"""All kinds of fault that are planted."""

from __future__ import annotations

from tests.mutants.kind import Kind
from tests.mutants.kinds import (
    attributes,
    base,
    forms,
    keys,
    latent,
    masks,
    parents,
    parts,
    purity,
    stores,
    unseen,
    values,
    weights,
)

KINDS: tuple[Kind, ...] = (
    *keys.KINDS,
    *values.KINDS,
    *latent.KINDS,
    *parents.KINDS,
    *base.KINDS,
    *purity.KINDS,
    *forms.KINDS,
    *masks.KINDS,
    *weights.KINDS,
    *stores.KINDS,
    *attributes.KINDS,
    *parts.KINDS,
    *unseen.KINDS,
)
