"""Other inputs to try, as an error of ``build`` or ``call`` suggests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from math import prod

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.forms import BATCH, BY_RANK, named_forms, plain_values
from maskcheck.lab.infer.messages import missing_arguments, missing_key, unequal_sizes, wanted_keys
from maskcheck.lab.infer.signature import Signature
from maskcheck.lab.infer.trees import Change, changed, leaves, with_axis, with_size
from maskcheck.model.case import Leaf

# What a message may speak of, the likeliest first.
_DTYPES: tuple[tuple[str, str], ...] = (
    (r"\buint8\b", "uint8"),
    (r"indices|int32|int64|integer|\bindex\b", "int32"),
    (r"\bfloat(32|16|64)?\b|\bhalf\b|bfloat16|floating", "float32"),
    (r"\bbool(ean)?\b", "bool"),
    (r"\bstrings?\b", "string"),
    (r"complex(64|128)?", "complex64"),
)
_EXPECTED = re.compile(r"expected to be an? (\w+) tensor but is an? (\w+) tensor")
_ALLOWED = re.compile(r"of (\w+) is not in the list of allowed values: ([\w, ]+)")
_TYPED = re.compile(
    r"dtype|type|cast|allowed values|attr '?T|must be .*(int|float|string|bool|complex)|convert", re.I
)
_AXIS = re.compile(r"expected axis (-?\d+) of input shape to have value (\d+)")
_RANKS = (
    re.compile(r"expected (?:min_|max_)?ndim=(\d)"),
    re.compile(r"(?:be|have|of) (?:a )?(?:of )?rank (\d)"),
    re.compile(r"\brank[- ](\d) (?:tensor|input)"),
    re.compile(r"(\d)[- ]?D(?:imensional)?\b"),
    re.compile(r"values to unpack \(expected (\d)"),
    re.compile(r"expected (?:a )?(?:tensor|input)s? (?:with|of) (\d) dim"),
    re.compile(r"\b(\d) dimensions"),
)
_RANK_WORDS = {"scalar": 0, "vector": 1, "matrix": 2}
_RANK_WORD = re.compile(r"(?:must|should) be (?:a |of )?(scalar|vector|matrix)\b")
_SORTED = re.compile(r"not increasing|\bsorted\b|ascending")
_TOO_FEW = re.compile(r"has only (\d) dims|slice index (\d) of dimension 0 out of bounds")
_MANY = r"expect\w* (\d+) (?:\w+ )?(?:input|tensor|feature|element|part)s?\b"
_COUNT = re.compile(
    rf"{_MANY}|list of (?:at least |exactly )?(\d+)|unpack \(expected (\d)|length (\d)",
    re.I,
)
_LARGEST = 50_000  # elements of a tensor
_LIST = re.compile(
    rf"\blists?\b|\btuples?\b|unpack|{_MANY}|sequence of|int' object is not|NoneType' object is not",
    re.I,
)
_KEY = re.compile(r"valid indices, got '(\w+)'")
_BOUND = re.compile(r"is not in \[0, (\d+)\)|valid range of \[0, (\d+)\)|out of (?:range|bounds)[^\d]*(\d+)")


def reshaped(text: str, error: BaseException, attempt: Attempt, signature: Signature) -> Iterator[Attempt]:
    """Yield the attempt with other inputs, the likeliest cheapest."""
    found = chain(
        _supplied(text, attempt, signature),
        _sized(text, attempt),
        _ranked(text, attempt),
        _typed(text, attempt),
        _listed(text, attempt),
        _keyed(text, error, attempt),
    )
    yield from (one for one in found if all(prod(leaf.shape or ()) <= _LARGEST for leaf in leaves(one)))


def _supplied(text: str, attempt: Attempt, signature: Signature) -> Iterator[Attempt]:
    """Yield the attempt with a parameter of ``call`` that the message names, or that is None."""
    missing = [name for name in missing_arguments(text) if name not in attempt.call]
    named = [name for name in signature.optional if name in re.findall(r"\w+", text)]
    unset = list(signature.optional) if re.search(r"NoneType|None values|\(None\)", text) else []
    free = next(iter(leaves(attempt)), Leaf(shape=BY_RANK[3]))
    for place, name in enumerate(dict.fromkeys([*missing, *named, *unset])):
        if name in attempt.call or name == signature.first:
            continue
        for number, value in enumerate([*plain_values(name), *named_forms(name), free][:3]):
            yield attempt.corrected(0.4 + place * 0.3 + number * 0.3, call={**attempt.call, name: value})


def _sized(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with other sizes: an axis as demanded, indices in bounds, two sizes made equal."""
    for axis, size in _AXIS.findall(text):
        yield changed(attempt, lambda leaf, a=int(axis), n=int(size): with_axis(leaf, a, n), 0.2)  # type: ignore[misc]
    for numbers in _BOUND.findall(text):
        high = int(next(filter(None, numbers)))
        if high:
            yield changed(attempt, lambda leaf, n=high: _below(leaf, n), 0.3)  # type: ignore[misc]
    if _SORTED.search(text):
        yield from _each(attempt, lambda leaf: _below(leaf, 1), 0.3)
    yield from _equalised(text, attempt)
    sizes = {size for leaf in leaves(attempt) for size in (leaf.shape or ())[1:]}
    given = {value for value in attempt.init.values() if type(value) is int}
    numbers = [int(number) for number in re.findall(r"(?<![\w.])\d{1,4}(?![\w.])", text)]
    told = [number for number in dict.fromkeys(numbers) if number not in (0, BATCH)]
    place = 0
    for old in [number for number in told if number in sizes]:
        for new in [number for number in [*told, *sorted(given)] if number != old]:
            yield from _resized(attempt, old, new, 1.2 + 0.3 * place)
            place += 1


def _equalised(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with one of two sizes that should be equal made the other, in the inputs."""
    for place, pair in enumerate(unequal_sizes(text)):
        for old, new in (pair, pair[::-1]):
            odd = 1.0 if new == BATCH else 0.0 if new in attempt.init.values() else 0.1
            cost = 0.5 + 0.2 * place + odd
            yield from _resized(attempt, old, new, cost)
            yield from _alone(attempt, lambda leaf, o=old, n=new: with_size(leaf, o, n), cost + 0.3)  # type: ignore[misc]
            if new and old % new == 0:  # what was repeated should have had one of them
                factor = old // new
                yield from _alone(attempt, lambda leaf, f=factor: with_size(leaf, f, 1), 0.7 + 0.2 * place)  # type: ignore[misc]


def _resized(attempt: Attempt, old: int, new: int, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with every size ``old`` made ``new``, and with those of last axes alone."""
    if new < 1:
        return
    yield _last_sized(attempt, old, new, cost)
    yield changed(attempt, lambda leaf: with_size(leaf, old, new), cost + 0.05)


def _last_sized(attempt: Attempt, old: int, new: int, cost: float) -> Attempt:
    """Return the attempt with the last axis of every leaf changed from ``old`` to ``new``."""

    def change(leaf: Leaf) -> Leaf:
        return with_axis(leaf, -1, new) if leaf.shape and leaf.shape[-1] == old else leaf

    return changed(attempt, change, cost)


def _below(leaf: Leaf, high: int) -> Leaf:
    return replace(leaf, low=0, high=high) if leaf.dtype and "int" in leaf.dtype else leaf


def _ranked(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a rank that the message names."""
    told = [int(number) for pattern in _RANKS for number in pattern.findall(text)]
    told += [_RANK_WORDS[word] for word in _RANK_WORD.findall(text)]
    told += [int(number) + 1 for found in _TOO_FEW.findall(text) for number in found if number]
    for place, rank in enumerate(dict.fromkeys(rank for rank in told if rank in BY_RANK)):
        yield from _each(attempt, lambda leaf, r=rank: replace(leaf, shape=BY_RANK[r]), 0.3 + 0.5 * place)  # type: ignore[misc]


def _typed(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a dtype that the message names."""
    for wanted, given in _EXPECTED.findall(text):
        for cost, (new, old) in ((0.2, (wanted, given)), (0.3, (given, wanted))):
            yield from _some(attempt, lambda leaf, n=new, o=old: _instead(leaf, n, o), cost)  # type: ignore[misc]
    for given, listed in _ALLOWED.findall(text):
        wanted = next((dtype for dtype in ("float", "int32") if dtype in listed.split(", ")), "complex64")
        yield from _some(attempt, lambda leaf, w=wanted, g=given: _instead(leaf, w, g), 0.3)  # type: ignore[misc]
    if _TYPED.search(text):
        told = [dtype for pattern, dtype in _DTYPES if re.search(pattern, text)]
        for place, dtype in enumerate(told):
            yield from _some(attempt, lambda leaf, d=dtype: _of_dtype(leaf, d), 0.6 + 0.4 * place)  # type: ignore[misc]


def _instead(leaf: Leaf, wanted: str, given: str) -> Leaf:
    """Return the leaf in the wanted dtype if it has the given one."""
    has = (leaf.dtype or "float32").removesuffix("32")
    return (
        _of_dtype(leaf, "float32" if wanted == "float" else wanted)
        if has == given.removesuffix("32")
        else leaf
    )


def _of_dtype(leaf: Leaf, dtype: str) -> Leaf:
    if "int" in dtype:
        return replace(leaf, dtype=dtype, low=0, high=256 if dtype == "uint8" else 2)
    return replace(leaf, dtype=None if dtype == "float32" else dtype, low=None, high=None)


def _each(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with every leaf changed, and with each leaf alone."""
    yield changed(attempt, change, cost)
    yield from _alone(attempt, change, cost + 0.1)


def _some(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with each of several leaves changed alone, and with all of them."""
    yield from _alone(attempt, change, cost)
    yield changed(attempt, change, cost + 0.3 * (len(leaves(attempt)) > 1))


def _alone(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with each of several leaves changed alone, the last first."""
    every = leaves(attempt)
    for place in range(len(every) if len(every) > 1 else 0):
        position = iter(range(len(every)))
        number = len(every) - 1 - place

        def one(leaf: Leaf, number: int = number, position: Iterator[int] = position) -> Leaf:
            return change(leaf) if next(position) == number else leaf

        yield changed(attempt, one, cost + 0.2 * place)


def _listed(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with a list of tensors in place of the first, where the message speaks of one."""
    if not attempt.args or not _LIST.search(text):
        return
    numbers = [int(number) for found in _COUNT.findall(text) for number in found if number]
    first, *rest = attempt.args
    tree = first[0] if isinstance(first, list) else first
    for place, number in enumerate(dict.fromkeys([*(n for n in numbers if 2 <= n <= 12), 2, 3])):
        yield attempt.corrected(0.4 + 0.4 * place, args=([tree] * number, *rest))


def _keyed(text: str, error: BaseException, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with a mapping for the input, or with the key that it lacks."""
    if not attempt.args:
        return
    first, *rest = attempt.args
    free = next(iter(leaves(attempt)), Leaf(shape=(BATCH, 1)))
    indexed = _KEY.search(text)
    key = indexed.group(1) if indexed else missing_key(error)
    given = first if isinstance(first, dict) else {}
    for place, keys in enumerate(filter(None, [(key,) if key else (), wanted_keys(text)])):
        forms = {name: next(iter(named_forms(name)), free) for name in keys if name not in given}
        yield attempt.corrected(0.2 + 0.3 * place, args=({**given, **forms}, *rest))
