"""Other inputs to try, as an error of ``build`` or ``call`` suggests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from math import prod

from maskcheck.error_texts.requests import Request
from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.correct.input_edits import (
    change_all_or_each,
    change_each_or_all,
    list_leaves,
    with_dtype,
)
from maskcheck.lab.infer.correct.resizing import LARGEST, propose_sizes
from maskcheck.lab.infer.guess.input_names import BATCH, BY_RANK, named_forms, plain_values
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.lab.infer.messages import Message, missing_arguments, wanted_keys
from maskcheck.model.case import Leaf

_MOST = 12  # tensors in a list
_RANKS = {"scalar": 0, "vector": 1, "matrix": 2}


def propose_inputs(message: Message, attempt: Attempt, signature: Signature) -> Iterator[Attempt]:
    """Yield the attempt with other inputs, as the message of its error suggests, the likeliest cheapest."""
    found = chain(
        _propose_parameters(message, attempt, signature),
        propose_sizes(message, attempt),
        _propose_ranks(message, attempt),
        _propose_dtypes(message, attempt),
        _propose_lists(message, attempt),
        _propose_counts(attempt),
        _propose_keys(message, attempt),
    )
    yield from (one for one in found if all(prod(leaf.shape or ()) <= LARGEST for leaf in list_leaves(one)))


def _propose_parameters(message: Message, attempt: Attempt, signature: Signature) -> Iterator[Attempt]:
    """Yield the attempt with a parameter of ``call`` that the message names, or that is None."""
    missing = [name for name in missing_arguments(message) if name not in attempt.call]
    named = [name for name in signature.optional if name in message.words]
    unset = list(signature.optional) if message.asks(Request.NONE) else []
    free = next(iter(list_leaves(attempt)), Leaf(shape=BY_RANK[3]))
    for place, name in enumerate(dict.fromkeys([*missing, *named, *unset])):
        if name in attempt.call or name == signature.first:
            continue
        for number, value in enumerate([*plain_values(name), *named_forms(name), free][:3]):
            yield attempt.corrected(0.4 + place * 0.3 + number * 0.3, call={**attempt.call, name: value})


def _propose_ranks(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a rank that the message names."""
    stated = [int(rank) for rank in message.each(Request.RANK, "rank")]
    stated += [_RANKS[word] for word in message.each(Request.RANK_WORD, "word")]
    stated += [int(axis) + 1 for axis in message.each(Request.LAST_AXIS, "axis")]
    for place, rank in enumerate(dict.fromkeys(rank for rank in stated if rank in BY_RANK)):
        yield from change_all_or_each(attempt, partial(replace, shape=BY_RANK[rank]), 0.3 + 0.5 * place)


def _propose_dtypes(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a dtype that the message names."""
    for wanted, given in message.captured(Request.DTYPE_GIVEN, "wanted", "given"):
        for cost, (new, old) in ((0.2, (wanted, given)), (0.3, (given, wanted))):
            yield from change_each_or_all(attempt, partial(_replace_dtype, wanted=new, given=old), cost)
    refused = message.each(Request.DTYPE_REFUSED, "given")
    for given in refused:
        for place, wanted in enumerate(("float", "int32")):
            change = partial(_replace_dtype, wanted=wanted, given=given)
            yield from change_each_or_all(attempt, change, 0.2 + 0.2 * place)
    for given, listed in message.captured(Request.DTYPES_ALLOWED, "given", "allowed"):
        wanted = next((dtype for dtype in ("float", "int32") if dtype in listed.split(", ")), "complex64")
        yield from change_each_or_all(attempt, partial(_replace_dtype, wanted=wanted, given=given), 0.3)
    named = [dtype for dtype in message.each(Request.DTYPE, "value") if dtype not in refused]
    for place, dtype in enumerate(named):
        yield from change_each_or_all(attempt, partial(with_dtype, dtype=dtype), 0.6 + 0.4 * place)


def _replace_dtype(leaf: Leaf, wanted: str, given: str) -> Leaf:
    """Return the leaf in the wanted dtype if it has the given one."""
    has = (leaf.dtype or "float32").removesuffix("32")
    return (
        with_dtype(leaf, "float32" if wanted == "float" else wanted)
        if has == given.removesuffix("32")
        else leaf
    )


def _propose_lists(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with a list of tensors in place of the first, where the message speaks of one."""
    if not attempt.args or not message.asks(Request.TENSORS):
        return
    numbers = [int(number) for number in message.each(Request.TENSOR_COUNT, "number")]
    first, *rest = attempt.args
    tree = first[0] if isinstance(first, list) else first
    for place, number in enumerate(dict.fromkeys([*(n for n in numbers if 2 <= n <= _MOST), 2, 3])):
        yield attempt.corrected(0.4 + 0.4 * place, args=([tree] * number, *rest))


def _propose_counts(attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with as many tensors in a list as an argument says."""
    first, *rest = attempt.args or (None,)
    if not isinstance(first, list) or any(repr(tree) != repr(first[0]) for tree in first):
        return
    numbers = dict.fromkeys(value for value in attempt.init.values() if type(value) is int)
    for place, number in enumerate(n for n in numbers if 2 <= n <= _MOST and n != len(first)):
        yield attempt.corrected(1.0 + 0.2 * place, args=([first[0]] * number, *rest))


def _propose_keys(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with a mapping for the input, or with the key that it lacks."""
    if not attempt.args:
        return
    first, *rest = attempt.args
    free = next(iter(list_leaves(attempt)), Leaf(shape=(BATCH, 1)))
    key = next(iter(message.each(Request.INPUT_KEY, "key")), message.key)
    given = first if isinstance(first, dict) else {}
    for place, keys in enumerate(filter(None, [(key,) if key else (), wanted_keys(message)])):
        forms = {name: next(iter(named_forms(name)), free) for name in keys if name not in given}
        yield attempt.corrected(0.2 + 0.3 * place, args=({**given, **forms}, *rest))
