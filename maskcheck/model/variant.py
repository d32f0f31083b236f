"""The situations in which a case is repeated: under a global dtype policy, quantized, with LoRA weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from maskcheck.model.case import Case, Preparation

POLICIES = ("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64")
# What is done with the built layer, by the situation's name; a rank of 2 fits every kernel that has two rows.
TREATMENTS: Mapping[str, Preparation] = {
    "int8": Preparation("quantize", ("int8",)),
    "lora": Preparation("enable_lora", (2,)),
}
SITUATIONS = (*POLICIES, *TREATMENTS)


def repeats(case: Case, names: Iterable[str]) -> tuple[Case, ...]:
    """Return ``case`` once for each situation that it asks for itself, and for each of ``names``."""
    return tuple(_repeat(case, name) for name in dict.fromkeys((*case.dtypes, *names)))


def _repeat(case: Case, name: str) -> Case:
    steps = (TREATMENTS[name],) if name in TREATMENTS else ()
    prepare = (*case.prepare, *steps)
    return replace(case, id=f"{case.id}@{name}", repeats=case.id, situation=name, dtypes=(), prepare=prepare)


def covers(wanted: str, case: str) -> bool:
    """Tell whether the id ``wanted`` names the case, or the one that it repeats."""
    return case == wanted or case.startswith(f"{wanted}@")


def is_repeat(case: str) -> bool:
    """Tell whether an id is that of a case repeated in a situation."""
    return case.rpartition("@")[2] in SITUATIONS and "@" in case


def repeats_another(case: str) -> bool:
    """Tell whether an id is that of a case repeated, in a situation or on another device."""
    return "@" in case
