"""The trees of tensors that an input may be, by what its name and its use say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maskcheck.lab.infer.guess.input_names import (
    BY_RANK,
    dtype_of,
    fit_shape,
    make_leaf,
    named_forms,
    rank_of,
    takes_floats,
)
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.model.case import Leaf
from maskcheck.source.inputs.inputs import InputUsage

WeighedForm = tuple[float, Any]


def input_structures(name: str, signature: Signature, free: Leaf) -> list[WeighedForm]:
    """Return the trees that an argument of this name may be, with what each costs.

    ``free`` is the tensor of which nothing is known.
    """
    used = signature.used(name)
    found: list[WeighedForm] = []
    if used.keys:
        parts = [_part_forms(key, signature, free) for key in used.keys]
        found += [
            (cost, dict(zip(used.keys, chosen, strict=True))) for cost, chosen in vary_one_by_one(parts)
        ]
    for place, form in enumerate(_forms_by_name(name, used)):
        found.append((0.3 * place, form * used.length if isinstance(form, list) and used.length else form))
    if used.length and not found:
        names = used.names or ("",) * max(used.length, 2)
        found += vary_one_by_one([_part_forms(part, signature, free) for part in names])
    certain = bool(found) and not used.checked
    later = 0.6 * used.checked
    return [*((cost + later, tree) for cost, tree in found), (2.0 if certain else 0.0, free)]


def vary_one_by_one(parts: Sequence[Sequence[WeighedForm]]) -> list[tuple[float, list[Any]]]:
    """Return the likeliest form of every part, and the same with one part in another form."""
    likeliest = [forms[0] for forms in parts]
    base = sum(cost for cost, _ in likeliest)
    found = [(base, [form for _, form in likeliest])]
    for place, forms in enumerate(parts):
        for cost, form in forms[1:]:
            chosen = [*found[0][1][:place], form, *found[0][1][place + 1 :]]
            found.append((base + max(cost - likeliest[place][0], 0.1), chosen))
    return found


def _part_forms(name: str, signature: Signature, free: Leaf) -> list[WeighedForm]:
    """Return the forms that one part of an input may have; of a part in parts all of it."""
    used = signature.used(name)
    if used.keys:
        return input_structures(name, signature, free)
    forms = _forms_by_name(name, used) or (_tensor_by_use(used, free),)
    return [(0.5 * place, form) for place, form in enumerate(forms)]


def _forms_by_name(name: str, used: InputUsage) -> Sequence[Any]:
    """Return the forms that a name suggests, those of a rank that the use shows first."""
    forms = [form for form in named_forms(name) if not (takes_floats(used.layers) and _is_index(form))]
    return sorted(forms, key=lambda form: bool(used.ranks) and _form_rank(form) not in used.ranks)


def _is_index(form: Any) -> bool:
    return isinstance(form, Leaf) and form.dtype == "int32"


def _form_rank(form: Any) -> int | None:
    return len(form.shape or ()) if isinstance(form, Leaf) else None


def _tensor_by_use(used: InputUsage, free: Leaf) -> Leaf:
    """Return the tensor that the use of a part shows, else ``free``."""
    shown_dtype = next(iter([*used.dtypes, *filter(None, [dtype_of(used.layers)])]), None)
    index = 2 if shown_dtype in ("int32", "int64", "string") else None
    rank = next((rank for rank in [*used.ranks, rank_of(used.layers), index] if rank in BY_RANK), None)
    if rank is None and shown_dtype is None:
        return free
    dtype = shown_dtype or free.dtype
    return make_leaf(fit_shape(BY_RANK[rank] if rank else free.shape or (), dtype), dtype)
