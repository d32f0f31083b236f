"""The variants in which a case is repeated: under a global dtype policy, quantized, with LoRA weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from maskcheck.model.case import Case, Preparation

# The variants that are global dtype policies.
POLICIES = ("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64")
# The others, with what is done to the built layer; a rank of 2 fits every kernel that has two rows.
PREPARATIONS: Mapping[str, Preparation] = {
    "int8": Preparation("quantize", ("int8",)),
    "lora": Preparation("enable_lora", (2,)),
}
# The names of all variants.
VARIANTS = (*POLICIES, *PREPARATIONS)


def make_variants(case: Case, names: Iterable[str]) -> tuple[Case, ...]:
    """Return ``case`` once for each variant that it asks for itself, and for each of ``names``."""
    return tuple(_make_variant(case, name) for name in dict.fromkeys((*case.dtypes, *names)))


def _make_variant(case: Case, name: str) -> Case:
    steps = (PREPARATIONS[name],) if name in PREPARATIONS else ()
    prepare = (*case.prepare, *steps)
    return replace(case, id=f"{case.id}@{name}", repeats=case.id, variant=name, dtypes=(), prepare=prepare)


def covers(wanted: str, case: str) -> bool:
    """Tell whether the id ``wanted`` names the case, or the one that it repeats."""
    return case == wanted or case.startswith(f"{wanted}@")


def is_variant(case: str) -> bool:
    """Tell whether an id is that of a case repeated in a variant, rather than on another device."""
    return case.rpartition("@")[2] in VARIANTS and "@" in case


def repeats_another(case: str) -> bool:
    """Tell whether an id is that of a case repeated, in a variant or on another device."""
    return "@" in case
