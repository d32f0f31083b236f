from __future__ import annotations

import pytest

from maskcheck.model.case import Leaf, Mark
from maskcheck.specfile.read.dtypes import DTYPES
from tests.specfile.conftest import Fail, LoadEntry


def leaf_of(load_entry: LoadEntry, text: str) -> Leaf:
    leaf = load_entry(f"    input: {text}").cases[0].args[0]
    assert isinstance(leaf, Leaf)
    return leaf


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("{shape: [2, 5]}", Leaf(shape=(2, 5))),
        ("{shape: [1], dtype: bfloat16}", Leaf(shape=(1,), dtype="bfloat16")),
        (
            "{shape: [2], dtype: int8, low: -128, high: 128}",
            Leaf(shape=(2,), dtype="int8", low=-128, high=128),
        ),
        ("{shape: [2], dtype: int32, low: 5}", Leaf(shape=(2,), dtype="int32", low=5)),
        ("{shape: [2], dtype: string}", Leaf(shape=(2,), dtype="string")),
        ("{values: [[1, 2.5], [.nan, .inf]]}", None),
        ("{values: [[1, 2], [3, 4]]}", Leaf(values=[[1, 2], [3, 4]])),
        ("{values: [1, 2.5], dtype: float32}", Leaf(values=[1, 2.5], dtype="float32")),
        ("{values: [true, 0, 1], dtype: bool}", Leaf(values=[True, 0, 1], dtype="bool")),
        ("{values: [[a, 'no']], dtype: string}", Leaf(values=[["a", "no"]], dtype="string")),
        ("{values: [18446744073709551615], dtype: uint64}", Leaf(values=[2**64 - 1], dtype="uint64")),
        ("{values: [2147483648, 0.5]}", Leaf(values=[2147483648, 0.5])),
        ("{values: [1], dtype: complex64}", Leaf(values=[1], dtype="complex64")),
    ],
)
def test_leaf(load_entry: LoadEntry, text: str, leaf: Leaf | None) -> None:
    found = leaf_of(load_entry, text)
    assert found.mark is not None
    assert (found.mark.line, found.mark.column) == (4, 12)
    if leaf is not None:
        expected = (leaf.shape, leaf.values, leaf.dtype, leaf.low, leaf.high, leaf.mask)
        assert (found.shape, found.values, found.dtype, found.low, found.high, found.mask) == expected


def test_not_a_number_is_a_value(load_entry: LoadEntry) -> None:
    assert repr(leaf_of(load_entry, "{values: [.nan, -.inf]}").values) == "[nan, -inf]"


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype(load_entry: LoadEntry, dtype: str) -> None:
    assert leaf_of(load_entry, f"{{shape: [2], dtype: {dtype}}}").dtype == dtype


@pytest.mark.parametrize(
    ("text", "shape", "values"),
    [
        ("[2]", (2,), None),
        ("[2, 3]", (2, 3), None),
        ("[2, 3, 4]", (2, 3, 4), None),
        ("{shape: [2, 3]}", (2, 3), None),
        ("{shape: [2, 3], dtype: bool}", (2, 3), None),
        ("{values: [true, false]}", None, [True, False]),
        ("{values: [[1, 0, 0], [true, true, false]], dtype: bool}", None, [[1, 0, 0], [True, True, False]]),
    ],
)
def test_mask(load_entry: LoadEntry, text: str, shape: tuple[int, ...] | None, values: object) -> None:
    mask = leaf_of(load_entry, f"{{shape: [2, 3, 4], mask: {text}}}").mask
    assert mask is not None
    assert mask.mark is not None
    mark = Mark(mask.mark.file, 4, 37)
    assert mask == Leaf(shape=shape, values=values, dtype="bool", mark=mark)


def test_mask_fits_literal_values(load_entry: LoadEntry, fail_entry: Fail) -> None:
    mask = leaf_of(load_entry, "{values: [[1, 2], [3, 4]], mask: [2, 2]}").mask
    assert mask is not None
    assert mask.shape == (2, 2)
    assert fail_entry("    input: {values: [[1, 2]], mask: [2]}").startswith(
        "4:37: a mask of shape [2] does not fit"
    )


HINT = "write {shape: [2, 5], dtype: float32} or {values: [[1, 2]]}"
SHAPE = "write shape: [2, 5], the batch dimension first"
KNOWN = "every dimension is known here, also the batch: write a number"
MASK = "write mask: [2, 5] or mask: {values: [[true, false]]}"
RANGE = "the data run from 'low' to 'high' - 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{shape: [2], dtyp: int32}", "25: unknown key 'dtyp' in a leaf (did you mean 'dtype'?)"),
        ("{shape: [2], values: [1, 2]}", "25: a leaf has both 'shape' and 'values' (keep one of them)"),
        ("{shape: 3}", f"20: 'shape' must be a list, not the number 3 ({SHAPE})"),
        ("{shape: !tuple [3]}", f"20: 'shape' must be a list, not a value tagged !tuple ({SHAPE})"),
        ("{shape: [null, 3]}", f"21: a dimension of 'shape' must be 1 or more, not None ({KNOWN})"),
        ("{shape: [2, None]}", f"24: a dimension of 'shape' must be 1 or more, not None ({KNOWN})"),
        ("{shape: [-1, 3]}", f"21: a dimension of 'shape' must be 1 or more, not -1 ({KNOWN})"),
        ("{shape: [3, 0]}", f"24: a dimension of 'shape' must be 1 or more, not 0 ({KNOWN})"),
        ("{shape: [2.0]}", f"21: a dimension of 'shape' must be an integer, not the number 2.0 ({SHAPE})"),
        ("{shape: [true]}", f"21: a dimension of 'shape' must be an integer, not true ({SHAPE})"),
        ("{shape: ['2']}", f"21: a dimension of 'shape' must be an integer, not the text '2' ({SHAPE})"),
        ("{shape: []}", "12: an input needs a batch dimension (write shape: [2] at least)"),
        ("{values: 3}", "12: an input needs a batch dimension (write shape: [2] at least)"),
        ("{shape: [2], dtype: int}", "32: unknown dtype 'int' (write int32)"),
        ("{shape: [2], dtype: flaot32}", "32: unknown dtype 'flaot32' (did you mean 'float32'?)"),
        ("{shape: [2], dtype: x}", f"32: unknown dtype 'x' (known: {', '.join(DTYPES)})"),
        ("{shape: [2], dtype: 32}", "32: 'dtype' must be text, not the number 32 (write dtype: float32)"),
        (
            "{shape: [2], low: 1}",
            "25: 'low' is for integers, not for the default dtype, a float (write dtype: int32)",
        ),
        (
            "{shape: [2], high: 1, dtype: bool}",
            "25: 'high' is for integers, not for bool (write dtype: int32)",
        ),
        (
            "{values: [2], low: 1, dtype: int8}",
            "26: 'low' bounds random data, but 'values' are given (remove 'low')",
        ),
        ("{shape: [2], dtype: int8, low: 1.5}", "43: 'low' must be an integer, not the number 1.5"),
        (
            "{shape: [2], dtype: int8, low: 5, high: 5}",
            f"52: 'low' (5) must be less than 'high' (5) ({RANGE})",
        ),
        (
            "{shape: [2], dtype: uint8, low: -1}",
            f"44: 'low' of uint8 must be from 0 to 255, not -1 ({RANGE})",
        ),
        (
            "{shape: [2], dtype: int8, high: 129}",
            f"44: 'high' of int8 must be from -127 to 128, not 129 ({RANGE})",
        ),
        ("{values: []}", "21: 'values' holds an empty list (give at least one value)"),
        ("{values: [[], []]}", "22: 'values' holds an empty list (give at least one value)"),
        (
            "{values: [[1], [2, 3]]}",
            "27: 'values' is not an array: a row of shape [2] after one of shape [1]"
            " (make all rows equally long)",
        ),
        (
            "{values: [1, [2]]}",
            "25: 'values' is not an array: a row of shape [1] after one of shape []"
            " (make all rows equally long)",
        ),
        ("{values: [1, a]}", "25: 'values' mixes the number 1 and the text 'a' (write values of one kind)"),
        ("{values: [true, 1]}", "28: 'values' mixes true and the number 1 (write values of one kind)"),
        ("{values: [null]}", "22: an entry of 'values' is null (write a number, true, false or text)"),
        ("{values: [None]}", "22: None is plain text in YAML (write null, or 'None' in quotes for the text)"),
        (
            "{values: [{a: 1}]}",
            "22: an entry of 'values' must be a list, a number, true, false or text, not a mapping",
        ),
        (
            "{values: [300], dtype: int8}",
            "22: an entry of 'values' of dtype int8 must be an integer from -128 to 127, not the number 300",
        ),
        (
            "{values: [1.5], dtype: uint8}",
            "22: an entry of 'values' of dtype uint8 must be an integer from 0 to 255, not the number 1.5",
        ),
        (
            "{values: [true], dtype: float32}",
            "22: an entry of 'values' of dtype float32 must be a number, not true",
        ),
        (
            "{values: [2], dtype: bool}",
            "22: an entry of 'values' of dtype bool must be true or false, not the number 2",
        ),
        (
            "{values: [2], dtype: string}",
            "22: an entry of 'values' of dtype string must be text, not the number 2",
        ),
        (
            "{values: [1, 2147483648]}",
            "25: an entry of 'values' without a dtype must be an integer from -2147483648"
            " to 2147483647, not the number 2147483648 (give a dtype that holds it)",
        ),
    ],
)
def test_faulty_leaf(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    input: {text}") == f"4:{expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[true]]", f"34: 'mask' lists values where a shape is expected ({MASK})"),
        ("[true, false]", f"34: 'mask' lists values where a shape is expected ({MASK})"),
        ("true", f"34: 'mask' must be a mapping, not true ({MASK})"),
        ("{}", f"34: 'mask' needs either 'shape' or 'values' ({MASK})"),
        ("{shape: [2], values: [true, true]}", f"34: 'mask' needs either 'shape' or 'values' ({MASK})"),
        ("{shape: [2], dtype: int32}", "54: a mask has dtype bool (leave the dtype out)"),
        (
            "{values: [2, 1]}",
            "44: an entry of 'values' of dtype bool must be true or false, not the number 2",
        ),
        ("{shape: [2], mask: [2]}", "47: unknown key 'mask' in 'mask' (known: shape, values, dtype)"),
        ("[2, null]", f"38: a dimension of 'mask' must be 1 or more, not None ({KNOWN})"),
    ],
)
def test_faulty_mask(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    input: {{shape: [2, 5], mask: {text}}}") == f"4:{expected}"


@pytest.mark.parametrize(
    ("text", "shape"),
    [("[3]", "[3]"), ("[]", "[]"), ("[2, 5, 1]", "[2, 5, 1]"), ("{values: [true]}", "[1]")],
)
def test_mask_that_does_not_fit(fail_entry: Fail, text: str, shape: str) -> None:
    message = f"a mask of shape {shape} does not fit a tensor of shape [2, 5]"
    expected = f"4:34: {message} (it must have its first dimensions, such as [2, 5])"
    assert fail_entry(f"    input: {{shape: [2, 5], mask: {text}}}") == expected


@pytest.mark.parametrize(
    ("shape", "place", "message"),
    [
        ("[2, 100000000000000000000]", "4:24", "a dimension of 'shape' must be 9223372036854775807 or less"),
        ("[4294967296, 4294967296]", "4:20", "is larger than any can be"),
    ],
)
def test_what_no_memory_holds_is_refused(fail_entry: Fail, shape: str, place: str, message: str) -> None:
    said = fail_entry(f"    input: {{shape: {shape}}}")
    assert message in said
    assert place in said
