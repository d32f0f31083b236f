"""What a layer gives that was never saved, to compare two versions of its source."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from maskcheck.lab.calls.build import BuildError, Built
from maskcheck.lab.calls.inputs import flatten, map_tree
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.layer.variables import assign, finalize, read
from maskcheck.model.case import Case, Leaf
from maskcheck.model.evidence import Evidence
from maskcheck.model.snapshot import TRAINING_STEP, CallResult

Shape = tuple[int, ...]
# Inputs of other sizes and ranks: what a version does with those of the case alone may be luck.
_SHAPES: Mapping[str, Callable[[Shape], Shape]] = {
    "longer axes": lambda shape: (*shape[:1], *(size + 3 for size in shape[1:])),
    "a longer last axis": lambda shape: (*shape[:-1], shape[-1] + 3) if len(shape) > 1 else shape,
    "longer middle axes": lambda shape: (*shape[:1], *(size + 2 for size in shape[1:-1]), *shape[1:][-1:]),
    "an axis less": lambda shape: (*shape[:1], *shape[2:]) if len(shape) > 2 else shape,
    "an axis more": lambda shape: (*shape[:1], 3, *shape[1:]),
}


def read_unsaved_outputs(evidence: Evidence, traveller: Traveller) -> Mapping[str, CallResult]:
    """Return what another layer of the case gives in each mode of calling in which the layer is stable.

    Its weights are decided by their paths alone: the order in which ``build`` makes them, and so what
    their initializers draw, may differ between two versions of a class that do the same. More calls are those
    with inputs of other shapes, and of layers with other flags and numbers, as far as they work.
    """
    left_out = {TRAINING_STEP, "training", *evidence.stability.unstable_modes}
    found: dict[str, CallResult] = {}
    built = _build(traveller)
    if built is not None:
        modes = {mode: inputs for mode, inputs in traveller.modes.items() if mode not in left_out}
        found |= traveller.call(built.layer, modes)
    if "inference" not in left_out:
        others = (*_list_other_shapes(traveller.case), *_list_other_arguments(evidence, traveller.case))
        for name, case in others:
            found |= _call_with(replace(traveller, case=case), name)
    return found


def _build(traveller: Traveller) -> Built | None:
    """Return a layer of the case with weights that their paths decide, None if it cannot be made."""
    try:
        built = traveller.build(traveller.seed)
    except BuildError:
        return None
    for path, entry in walk(built.layer).variables.items():
        value = read(entry.variable)
        if value.dtype.kind == "f" and value.size:
            # Positive, as variances and counts have to be.
            new = rng(traveller.seed, f"weight {path}").uniform(0.1, 0.9, value.shape)
            assign(entry.variable, new.astype(value.dtype))
    finalize(built.layer)
    return built


def _call_with(traveller: Traveller, name: str) -> Mapping[str, CallResult]:
    """Return what a layer of the case gives in inference, by a name; nothing where it cannot."""
    built = _build(traveller)
    if built is None:
        return {}
    modes = {name: choose_modes(built.layer, built.inputs, traveller.seed)["inference"]}
    return {mode: call for mode, call in traveller.call(built.layer, modes).items() if call.error is None}


def _list_other_shapes(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield the case with inputs of other shapes: all of them changed alike, then each by itself."""
    for name, change in _SHAPES.items():
        new = replace(
            case,
            args=tuple(map_tree(partial(_reshape, change), tree) for tree in case.args),
            call={key: map_tree(partial(_reshape, change), tree) for key, tree in case.call.items()},
        )
        if new != case:
            yield f"with {name}", new
    for number in range(_count_leaves(case.args)):
        count = itertools.count()
        args = tuple(map_tree(partial(_lengthen, number, count), tree) for tree in case.args)
        yield f"with a longer last axis of input {number}", replace(case, args=args)


def _list_other_arguments(evidence: Evidence, case: Case) -> Iterator[tuple[str, Case]]:
    """Yield the case with each flag of the constructor turned, and each whole number one more or less."""
    for argument in evidence.facts.arguments:
        value = argument.given
        if argument.base or not isinstance(value, int):
            continue
        others = (not value,) if isinstance(value, bool) else (value + 1, *([value - 1] if value > 1 else []))
        for other in others:
            yield f"with {argument.name}={other}", replace(case, init={**case.init, argument.name: other})


def _count_leaves(args: tuple[Any, ...]) -> int:
    """Return the number of inputs where there are several, else 0."""
    number = len(flatten(args))
    return number if number > 1 else 0


def _lengthen(wanted: int, count: Iterator[int], leaf: Any) -> Any:
    """Return the leaf with a longer last axis if ``count`` gives the wanted number."""
    return _reshape(_SHAPES["a longer last axis"], leaf) if next(count) == wanted else leaf


def _reshape(change: Callable[[Shape], Shape], leaf: Any) -> Any:
    if not isinstance(leaf, Leaf) or not leaf.shape:
        return leaf
    return replace(leaf, shape=change(leaf.shape))
