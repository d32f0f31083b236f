"""Other inputs to try, as an error of ``build`` or ``call`` suggests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from math import prod

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.infer.correct.input_edits import all_or_each, each_or_all, leaves, of_dtype
from maskcheck.lab.infer.correct.messages import missing_arguments, missing_key, wanted_keys
from maskcheck.lab.infer.correct.resizing import LARGEST, sized
from maskcheck.lab.infer.guess.input_names import BATCH, BY_RANK, named_forms, plain_values
from maskcheck.lab.infer.guess.signature import Signature
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
_TOO_FEW = re.compile(r"has only (\d) dims|slice index (\d) of dimension 0 out of bounds")
_MANY = r"expect\w* (\d+) (?:\w+ )?(?:input|tensor|feature|element|part)s?\b"
_COUNT = re.compile(
    rf"{_MANY}|list of (?:at least |exactly )?(\d+)|unpack \(expected (\d)|length (\d)",
    re.I,
)
_LIST = re.compile(
    rf"\blists?\b|\btuples?\b|unpack|{_MANY}|sequence of|int' object is not|NoneType' object is not",
    re.I,
)
_KEY = re.compile(r"valid indices, got '(\w+)'")


def reshaped(text: str, error: BaseException, attempt: Attempt, signature: Signature) -> Iterator[Attempt]:
    """Yield the attempt with other inputs, the likeliest cheapest."""
    found = chain(
        _supplied(text, attempt, signature),
        sized(text, attempt),
        _ranked(text, attempt),
        _typed(text, attempt),
        _listed(text, attempt),
        _keyed(text, error, attempt),
    )
    yield from (one for one in found if all(prod(leaf.shape or ()) <= LARGEST for leaf in leaves(one)))


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


def _ranked(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a rank that the message names."""
    told = [int(number) for pattern in _RANKS for number in pattern.findall(text)]
    told += [_RANK_WORDS[word] for word in _RANK_WORD.findall(text)]
    told += [int(number) + 1 for found in _TOO_FEW.findall(text) for number in found if number]
    for place, rank in enumerate(dict.fromkeys(rank for rank in told if rank in BY_RANK)):
        yield from all_or_each(attempt, partial(replace, shape=BY_RANK[rank]), 0.3 + 0.5 * place)


def _typed(text: str, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with tensors of a dtype that the message names."""
    for wanted, given in _EXPECTED.findall(text):
        for cost, (new, old) in ((0.2, (wanted, given)), (0.3, (given, wanted))):
            yield from each_or_all(attempt, partial(_instead, wanted=new, given=old), cost)
    for given, listed in _ALLOWED.findall(text):
        wanted = next((dtype for dtype in ("float", "int32") if dtype in listed.split(", ")), "complex64")
        yield from each_or_all(attempt, partial(_instead, wanted=wanted, given=given), 0.3)
    if _TYPED.search(text):
        told = [dtype for pattern, dtype in _DTYPES if re.search(pattern, text)]
        for place, dtype in enumerate(told):
            yield from each_or_all(attempt, partial(of_dtype, dtype=dtype), 0.6 + 0.4 * place)


def _instead(leaf: Leaf, wanted: str, given: str) -> Leaf:
    """Return the leaf in the wanted dtype if it has the given one."""
    has = (leaf.dtype or "float32").removesuffix("32")
    return (
        of_dtype(leaf, "float32" if wanted == "float" else wanted)
        if has == given.removesuffix("32")
        else leaf
    )


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
