"""Cases as a spec can hold them, and what they are without their places in a file."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from maskcheck.model.case import ArrayTag, Case, ImportTag, Leaf, Mark, ObjectTag, Preparation
from maskcheck.model.variant import VARIANTS
from maskcheck.specfile.read.dtypes import DTYPES, INTEGERS, integer_bounds

MARK = Mark("s.yaml", 1)

names = st.sampled_from(["units", "mask", "y", "no", "null", "größe", "_", "None"]) | st.from_regex(
    r"\A[^\W\d]\w{0,9}\Z"
).filter(str.isidentifier)
paths = st.lists(names, min_size=2, max_size=4).map(".".join)
_WORDS = ["no", "On", "None", "null", "~", "<<", "...", "-", "=", "e3"]
_NUMBERS = ["1", "1e3", "0x1f", "07", "1_0", ".5", ".inf", "2027-01-01", "1:30"]
_SYNTAX = ["a,b", "[a]", "{a}", "!t", "&a", "*a", "'a'", '"', "\\", "%", "@", "`", "?", "|", ">"]
_SPACED = ["", " ", "a: b", "a #b", "# a", "a ", "\n", "a\nb", "\t"]
_UNSEEN = ["\0", "\x7f", "\x85", "\u2028", "\ufeff", "\U0001f600", "é"]
odd_texts = st.sampled_from([*_WORDS, *_NUMBERS, *_SYNTAX, *_SPACED, *_UNSEEN])
texts = odd_texts | st.text(max_size=20)
numbers = st.integers(-(10**40), 10**40) | st.floats()
scalars = st.none() | st.booleans() | numbers | texts
keys = texts | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
shapes = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple)


def _bounded(dtype: str) -> st.SearchStrategy[dict[str, Any]]:
    least, greatest = integer_bounds(dtype)
    pairs = st.tuples(st.integers(least, greatest), st.integers(least + 1, greatest + 1)).filter(
        lambda pair: pair[0] < pair[1]
    )
    return pairs.flatmap(
        lambda pair: st.sampled_from(
            [{}, {"low": pair[0]}, {"high": pair[1]}, {"low": pair[0], "high": pair[1]}]
        )
    ).map(lambda limits: {"dtype": dtype, **limits})


def _array(shape: tuple[int, ...], entries: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    for size in reversed(shape):
        entries = st.lists(entries, min_size=size, max_size=size)
    return entries


def _masks(shape: tuple[int, ...]) -> st.SearchStrategy[Leaf | None]:
    fitting = st.integers(1, len(shape)).map(lambda rank: shape[:rank])
    drawn = fitting.map(lambda part: Leaf(shape=part, dtype="bool"))
    given = fitting.flatmap(lambda part: _array(part, st.booleans())).map(
        lambda v: Leaf(values=v, dtype="bool")
    )
    return st.none() | drawn | given


types = st.sampled_from([{}, *({"dtype": dtype} for dtype in DTYPES)])
kinds = types | st.sampled_from(INTEGERS).flatmap(_bounded)
drawn_leaves = st.builds(lambda shape, kind: Leaf(shape=shape, **kind), shapes, kinds)
families = st.sampled_from([st.booleans(), st.integers(-9, 9), st.floats(), odd_texts])
small = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
given_leaves = st.tuples(small, families).flatmap(lambda pair: _array(*pair)).map(lambda v: Leaf(values=v))
array_leaves = (
    drawn_leaves | given_leaves | scalars.filter(lambda v: v is not None).map(lambda v: Leaf(values=v))
)
masked_leaves = drawn_leaves.flatmap(
    lambda leaf: _masks(leaf.shape or ()).map(lambda mask: dataclasses.replace(leaf, mask=mask))
)
leaves = masked_leaves | given_leaves
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.lists(inner, min_size=1, max_size=3).map(tuple)
        | st.dictionaries(
            texts.filter(lambda name: name not in ("shape", "values")), inner, min_size=1, max_size=3
        )
    ),
    max_leaves=4,
)


def values(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return values nested at will, of scalars, tags and what ``leaf`` gives."""
    tags = st.builds(ArrayTag, array_leaves.filter(_is_writable), st.booleans(), st.just(MARK))
    imports = st.builds(ImportTag, paths, st.just(MARK))
    return st.recursive(
        scalars | tags | imports | leaf,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.lists(inner, max_size=3).map(tuple)
            | st.dictionaries(keys.filter(lambda key: key not in ("shape", "values")), inner, max_size=3)
            | st.builds(ObjectTag, paths, st.dictionaries(names, scalars, max_size=2), st.just(MARK))
        ),
        max_leaves=5,
    )


def _is_writable(leaf: Leaf) -> bool:
    # integers without a dtype become int32
    return type(leaf.values) is not int or abs(leaf.values) < 2**31


plain_values = values(st.nothing())
arguments = st.dictionaries(names, values(leaves), max_size=3)
preparations = st.builds(Preparation, names, st.lists(values(leaves), max_size=2).map(tuple), arguments)
cases = st.builds(
    Case,
    st.just("default") | texts.filter(str.strip),
    init=st.dictionaries(names, plain_values, max_size=4),
    args=st.lists(trees, max_size=3).map(tuple),
    call=arguments,
    prepare=st.lists(preparations, max_size=2).map(tuple),
    dtypes=st.lists(st.sampled_from(VARIANTS), max_size=2, unique=True).map(tuple),
)


def unmarked(value: Any) -> Any:
    """Return ``value`` without places; its ``repr`` tells 1 from 1.0 and from true, and NaN equals itself."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(unmarked, value))
    if isinstance(value, dict):
        return {key: unmarked(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: unmarked(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields | ({"mark": None} if "mark" in fields else {}))
    return value
