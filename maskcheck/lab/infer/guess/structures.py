"""The trees of tensors that an input may be, by what its name and its use say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maskcheck.lab.infer.guess.input_names import (
    BY_RANK,
    dtype_of,
    fitted,
    leaf,
    named_forms,
    rank_of,
    takes_floats,
)
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.model.case import Leaf
from maskcheck.source.inputs.inputs import InputUsage

Weighed = tuple[float, Any]


def structures(name: str, signature: Signature, free: Leaf) -> list[Weighed]:
    """Return the trees that an argument of this name may be, with what each costs.

    ``free`` is the tensor of which nothing is known.
    """
    used = signature.used(name)
    found: list[Weighed] = []
    if used.keys:
        parts = [_parts(key, signature, free) for key in used.keys]
        found += [(cost, dict(zip(used.keys, chosen, strict=True))) for cost, chosen in one_by_one(parts)]
    for place, form in enumerate(_named(name, used)):
        found.append((0.3 * place, form * used.length if isinstance(form, list) and used.length else form))
    if used.length and not found:
        names = used.names or ("",) * max(used.length, 2)
        found += one_by_one([_parts(part, signature, free) for part in names])
    certain = bool(found) and not used.checked
    later = 0.6 * used.checked
    return [*((cost + later, tree) for cost, tree in found), (2.0 if certain else 0.0, free)]


def one_by_one(parts: Sequence[Sequence[Weighed]]) -> list[tuple[float, list[Any]]]:
    """Return the likeliest form of every part, and the same with one part in another form."""
    likeliest = [forms[0] for forms in parts]
    base = sum(cost for cost, _ in likeliest)
    found = [(base, [form for _, form in likeliest])]
    for place, forms in enumerate(parts):
        for cost, form in forms[1:]:
            chosen = [*found[0][1][:place], form, *found[0][1][place + 1 :]]
            found.append((base + max(cost - likeliest[place][0], 0.1), chosen))
    return found


def _parts(name: str, signature: Signature, free: Leaf) -> list[Weighed]:
    """Return the forms that one part of an input may have; of a part in parts all of it."""
    used = signature.used(name)
    if used.keys:
        return structures(name, signature, free)
    forms = _named(name, used) or (_told(used, free),)
    return [(0.5 * place, form) for place, form in enumerate(forms)]


def _named(name: str, used: InputUsage) -> Sequence[Any]:
    """Return the forms that a name suggests, those of a rank that the use shows first."""
    forms = [form for form in named_forms(name) if not (takes_floats(used.layers) and _indices(form))]
    return sorted(forms, key=lambda form: bool(used.ranks) and _rank(form) not in used.ranks)


def _indices(form: Any) -> bool:
    return isinstance(form, Leaf) and form.dtype == "int32"


def _rank(form: Any) -> int | None:
    return len(form.shape or ()) if isinstance(form, Leaf) else None


def _told(used: InputUsage, free: Leaf) -> Leaf:
    """Return the tensor that the use of a part shows, else ``free``."""
    told = next(iter([*used.dtypes, *filter(None, [dtype_of(used.layers)])]), None)
    index = 2 if told in ("int32", "int64", "string") else None
    rank = next((rank for rank in [*used.ranks, rank_of(used.layers), index] if rank in BY_RANK), None)
    if rank is None and told is None:
        return free
    dtype = told or free.dtype
    return leaf(fitted(BY_RANK[rank] if rank else free.shape or (), dtype), dtype)
