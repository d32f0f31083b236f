"""The inputs to try on a layer that was constructed, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Any

import keras

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.forms import (
    BATCH,
    BY_RANK,
    UNUSUAL,
    dtype_of,
    leaf,
    named_forms,
    plain_values,
    rank_of,
)
from maskcheck.lab.infer.lineage import own_bases
from maskcheck.lab.infer.names import STEPS
from maskcheck.lab.infer.signature import Signature
from maskcheck.model.case import Leaf

_USUAL = (3, 4, 2, 5)
_Weighed = tuple[float, Any]


def input_attempts(layer: keras.Layer, signature: Signature, start: Attempt) -> Iterator[Attempt]:
    """Yield ``start`` with the arguments for ``call`` that are worth trying."""
    ranks = rank_costs(layer, signature)
    dtypes = _dtypes(type(layer), signature)
    usual = product(_usual(ranks), dtypes)
    unusual = product(_unusual(ranks), dtypes[:1])
    for (rank_cost, shape), (dtype_cost, dtype) in chain(usual, unusual):
        free = leaf(_fitted(shape, dtype), dtype)
        for form_cost, tree in _structures(signature.first, signature, free):
            cost = rank_cost + dtype_cost + form_cost
            yield with_rest(start.corrected(cost, args=(tree,), steps=0), signature, free)


def with_rest(start: Attempt, signature: Signature, free: Leaf) -> Attempt:
    """Return ``start`` with what ``call`` requires after its first argument."""
    rest = [name for name in signature.required if name != signature.first]
    trees, values = list(start.args), dict(start.call)
    named = False
    for name in rest:
        plain = plain_values(name)
        form = next((form for _, form in _structures(name, signature, free)), free)
        named = named or bool(plain) or name in signature.keyword
        if named:
            values[name] = plain[0] if plain else form
        else:
            trees.append(form)
    return start.corrected(0, args=tuple(trees), call=values, steps=0)


def rank_costs(layer: keras.Layer, signature: Signature) -> dict[int, float]:
    """Return what each rank costs by what the layer demands, its text, its name and its docstring."""
    used = signature.used(signature.first)
    evidence: list[int | None] = [
        *_demanded(layer),
        *used.ranks,
        *(rank for name in used.names for rank in signature.used(name).ranks),
        2 if _told_dtypes(type(layer), signature) else None,  # indices and words have no features
        rank_of(used.layers),
        rank_of([base.__name__ for base in type(layer).__mro__ if base.__module__.startswith("keras.")]),
        rank_of([type(layer).__name__]),
        *sorted(signature.stated, key=lambda rank: rank == 2),  # more axes show more
        rank_of([type(part).__name__ for part in _sublayers(layer)]),
    ]
    told = [rank for rank in evidence if rank is not None and rank in BY_RANK]
    ordered = list(dict.fromkeys([*told, *_USUAL]))
    least = max(used.least, _least(layer))
    return {r: place * 1.0 + (2.0 if r < least else 0.0) for place, r in enumerate(ordered)}


def _demanded(layer: keras.Layer) -> list[int]:
    """Return the ranks that ``input_spec`` allows alone."""
    return [spec.ndim for spec in _specs(layer) if spec.ndim]


def _least(layer: keras.Layer) -> int:
    return max((spec.min_ndim or 0 for spec in _specs(layer)), default=0)


def _specs(layer: keras.Layer) -> list[keras.layers.InputSpec]:
    try:
        found = layer.input_spec
    except Exception:
        return []
    found = found if isinstance(found, (list, tuple)) else [found]
    return [spec for spec in found if isinstance(spec, keras.layers.InputSpec)]


def _sublayers(layer: keras.Layer) -> Sequence[keras.Layer]:
    try:
        return list(layer._flatten_layers(include_self=False))
    except Exception:
        return []


def _usual(ranks: dict[int, float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    yield from ((cost, BY_RANK[rank]) for rank, cost in ranks.items())
    yield ranks[2] + 0.5, (BATCH, STEPS)


def _unusual(ranks: dict[int, float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield other shapes, those of the likeliest rank first."""
    likeliest = min(ranks, key=lambda rank: ranks[rank])
    for place, shape in enumerate(sorted(UNUSUAL, key=lambda shape: len(shape) != likeliest)):
        yield 3.0 + 0.25 * place, shape


def _dtypes(cls: type, signature: Signature) -> list[tuple[float, str | None]]:
    ordered: list[str | None] = list(dict.fromkeys([*_told_dtypes(cls, signature), None, "int32"]))
    return [(1.5 * place, dtype) for place, dtype in enumerate(ordered)] + [(6.0, "string"), (7.0, "bool")]


def _told_dtypes(cls: type, signature: Signature) -> list[str]:
    """Return the dtypes other than floats that the text of the class speaks for."""
    used = signature.used(signature.first)
    told = [*used.dtypes, dtype_of(used.layers), dtype_of([base.__name__ for base in own_bases(cls)])]
    return [dtype for dtype in told if dtype]


def _fitted(shape: tuple[int, ...], dtype: str | None) -> tuple[int, ...]:
    """Return the shape for a dtype: indices come as steps rather than features."""
    return (shape[0], STEPS) if dtype and len(shape) == 2 and dtype != "bool" else shape


def _structures(name: str, signature: Signature, free: Leaf) -> list[_Weighed]:
    """Return the trees that an argument of this name may be, with what each costs."""
    used = signature.used(name)
    found: list[_Weighed] = []
    if used.keys:
        parts = [_parts(key, signature, free) for key in used.keys]
        found += [(cost, dict(zip(used.keys, chosen, strict=True))) for cost, chosen in _combined(parts)]
    for place, form in enumerate(named_forms(name)):
        found.append((0.3 * place, form * used.length if isinstance(form, list) and used.length else form))
    if used.length and not found:
        names = used.names or ("",) * max(used.length, 2)
        found += _combined([_parts(part, signature, free) for part in names])
    certain = bool(found) and not used.checked
    later = 0.6 * used.checked
    return [*((cost + later, tree) for cost, tree in found), (2.0 if certain else 0.0, free)]


def _combined(parts: Sequence[Sequence[Any]]) -> list[_Weighed]:
    """Return the likeliest form of every part, and the same with one part in another form."""
    likeliest = [forms[0] for forms in parts]
    others = [
        [*likeliest[:place], form, *likeliest[place + 1 :]]
        for place, forms in enumerate(parts)
        for form in forms[1:]
    ]
    return [(0.0, likeliest), *((0.5 + 0.2 * place, other) for place, other in enumerate(others))]


def _parts(name: str, signature: Signature, free: Leaf) -> Sequence[Any]:
    """Return the forms that one part of an input may have."""
    used = signature.used(name)
    rank = next((rank for rank in used.ranks if rank in BY_RANK), None)
    dtype = next(iter(used.dtypes), free.dtype)
    forms = named_forms(name)
    return forms or ((leaf(_fitted(BY_RANK[rank], dtype), dtype),) if rank else (free,))
