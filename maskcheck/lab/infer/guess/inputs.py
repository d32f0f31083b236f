"""The inputs to try on a layer that was constructed, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, product
from typing import Any

from maskcheck.lab.calls.inputs import map_tree
from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.guess.class_sources import own_bases
from maskcheck.lab.infer.guess.input_names import (
    BATCH,
    BY_RANK,
    UNUSUAL,
    dtype_of,
    fit_shape,
    make_leaf,
    plain_values,
    rank_of,
)
from maskcheck.lab.infer.guess.names import STEPS
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.lab.infer.guess.structures import WeighedForm, input_structures, vary_one_by_one
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.guarded import try_read
from maskcheck.model.case import Leaf

_USUAL = (3, 4, 2, 5)


def input_attempts(layer: keras.Layer, signature: Signature, start: Attempt) -> Iterator[Attempt]:
    """Yield ``start`` with the arguments for ``call`` that are worth trying."""
    stated = _read_stated_inputs(layer)
    if stated is not None:
        yield start.corrected(0, args=(stated,), steps=0)
        return
    ranks = rank_costs(layer, signature)
    dtypes = _dtype_costs(type(layer), signature)
    usual = product(_usual_shapes(ranks), dtypes)
    unusual = product(_unusual_shapes(ranks), dtypes[:1])
    for (rank_cost, shape), (dtype_cost, dtype) in chain(usual, unusual):
        free = make_leaf(fit_shape(shape, dtype), dtype)
        more = make_leaf(BY_RANK[3], None) if dtype else free  # what goes with indices is mostly no index
        for cost, chosen in vary_one_by_one(_argument_forms(signature, free, more)):
            found = start.corrected(rank_cost + dtype_cost + cost, steps=0)
            yield _with_arguments(found, signature, chosen)


def _read_stated_inputs(layer: keras.Layer) -> Any:
    """Return the inputs that a functional model says it has, None where a layer says nothing."""
    stated = try_read(lambda: layer.input, None) if isinstance(layer, keras.Model) else None
    return None if stated is None else map_tree(_fill_stated, stated)


def _fill_stated(tensor: Any) -> Leaf:
    sizes = [*tensor.shape][1:]
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    shape = (BATCH, *(STEPS if size is None else int(size) for size in sizes))
    leaf = make_leaf(shape, None if dtype == "float32" else dtype)
    return replace(leaf, high=min(leaf.high, 2)) if leaf.high and dtype != "uint8" else leaf


def likeliest_call(signature: Signature) -> Attempt:
    """Return what ``call`` is likely given by its text alone, which says little of shapes."""
    free = make_leaf(BY_RANK[3], None)
    return _with_arguments(
        Attempt(), signature, vary_one_by_one(_argument_forms(signature, free, free))[0][1]
    )


def _argument_forms(signature: Signature, free: Leaf, more: Leaf) -> list[list[WeighedForm]]:
    """Return what each argument that ``call`` takes may be; ``more`` is what goes with the first."""
    rest = [_parameter_forms(name, signature, more) for name in signature.others]
    return [input_structures(signature.first, signature, free), *rest]


def _parameter_forms(name: str, signature: Signature, free: Leaf) -> list[WeighedForm]:
    """Return what a parameter of ``call`` after the first may be, with what each costs."""
    plain = plain_values(name)
    return [(0.0, plain[0])] if plain else input_structures(name, signature, free)


def _with_arguments(attempt: Attempt, signature: Signature, values: Sequence[Any]) -> Attempt:
    """Return the attempt with the arguments of ``call``; by name from the first that should be named."""
    args, call = [values[0]], dict(attempt.call)
    for name, value in zip(signature.others, values[1:], strict=True):
        if call or plain_values(name) or name in signature.keyword:
            call[name] = value
        else:
            args.append(value)
    return attempt.corrected(0, args=tuple(args), call=call, steps=0)


def rank_costs(layer: keras.Layer, signature: Signature) -> dict[int, float]:
    """Return what each rank costs by what the layer demands, its text, its name and its docstring."""
    used = signature.used(signature.first)
    evidence: list[int | None] = [
        *_ranks_of_input_spec(layer),
        *(rank for rank in signature.documented if rank > 1),
        *used.ranks,
        *(rank for name in used.names for rank in signature.used(name).ranks),
        2 if _evident_dtypes(type(layer), signature) else None,  # indices and words have no features
        rank_of(used.layers),
        rank_of([base.__name__ for base in type(layer).__mro__ if is_keras(base)]),
        rank_of([type(layer).__name__]),
        *sorted(signature.stated, key=lambda rank: rank == 2),  # more axes show more
        rank_of([type(part).__name__ for part in _sublayers(layer)]),
    ]
    stated = [rank for rank in evidence if rank is not None and rank in BY_RANK]
    ordered = list(dict.fromkeys([*stated, *_USUAL]))
    least = max(used.least, _least_rank(layer))
    return {r: place * 1.0 + (2.0 if r < least else 0.0) for place, r in enumerate(ordered)}


def _ranks_of_input_spec(layer: keras.Layer) -> list[int]:
    """Return the ranks that ``input_spec`` allows alone."""
    return [spec.ndim for spec in _input_specs(layer) if spec.ndim]


def _least_rank(layer: keras.Layer) -> int:
    return max((spec.min_ndim or 0 for spec in _input_specs(layer)), default=0)


def _input_specs(layer: keras.Layer) -> list[keras.layers.InputSpec]:
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


def _usual_shapes(ranks: dict[int, float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    yield from ((cost, BY_RANK[rank]) for rank, cost in ranks.items())
    yield ranks[2] + 0.5, (BATCH, STEPS)


def _unusual_shapes(ranks: dict[int, float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield other shapes, those of the likeliest rank first."""
    likeliest = min(ranks, key=lambda rank: ranks[rank])
    for place, shape in enumerate(sorted(UNUSUAL, key=lambda shape: len(shape) != likeliest)):
        yield 3.0 + 0.25 * place, shape


def _dtype_costs(cls: type, signature: Signature) -> list[tuple[float, str | None]]:
    ordered: list[str | None] = list(dict.fromkeys([*_evident_dtypes(cls, signature), None, "int32"]))
    return [(1.5 * place, dtype) for place, dtype in enumerate(ordered)] + [(6.0, "string"), (7.0, "bool")]


def _evident_dtypes(cls: type, signature: Signature) -> list[str]:
    """Return the dtypes other than floats that the text of the class speaks for."""
    used = signature.used(signature.first)
    stated = [*used.dtypes, dtype_of(used.layers), dtype_of([base.__name__ for base in own_bases(cls)])]
    return [dtype for dtype in stated if dtype]
