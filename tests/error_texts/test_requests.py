"""The table of requests: each row reads something, and what it should."""

from __future__ import annotations

import pytest

from maskcheck.error_texts.requests import REQUESTS, Request
from maskcheck.error_texts.row import Row, read_by

# A text for each row, in the order of the table, and what the row captures of it.
EXAMPLES: tuple[tuple[Request, str, list[dict[str, str]]], ...] = (
    (Request.ARGUMENT, "Please provide `units=` or size=.", [{"name": "units"}, {"name": "size"}]),
    (Request.KEY, "wants a dict {'left': ..}", [{"name": "left"}]),
    (Request.QUOTED_WORD, "wants the keys 'left' and 'right'", [{"name": "left"}, {"name": "right"}]),
    (Request.MODULE, "No module named 'scipy'", [{}]),
    (Request.CHOICE, "must be one of 'sum' or `mean`", [{"word": "sum"}, {"word": "mean"}]),
    (Request.VALUE, "'int' object is not iterable", [{"value": "sequence"}]),
    (Request.VALUE, "should be a non-empty list", [{"value": "sequence"}]),
    (Request.VALUE, "must be a positive integer", [{"value": "integer"}]),
    (Request.VALUE, "must lie between 0 and 1", [{"value": "number"}]),
    (Request.VALUE, "'int' object has no attribute 'state_size'", [{"value": "cell"}]),
    (Request.VALUE, "Please initialize with a `Layer` instance", [{"value": "layer"}]),
    (Request.VALUE, "'int' object is not callable", [{"value": "callable"}]),
    (Request.VALUE, "'int' object has no attribute 'lower'", [{"value": "text"}]),
    (Request.VALUE, "argument after ** must be a mapping, not int", [{"value": "mapping"}]),
    (Request.VALUE, "'int' object has no attribute 'shape'", [{"value": "array"}]),
    (Request.VALUE, "expected a boolean", [{"value": "flag"}]),
    (Request.TYPE, "'list' object is wrong", [{"type": "list"}]),
    (Request.NUMBER, "divisible by 8, not -1 or 2.5", [{"number": "8"}]),
    (Request.ODD, "must be odd", [{}]),
    (Request.EVEN, "must be divisible by 8", [{}]),
    (Request.LENGTH, "must be a tuple of 3 integers", [{"number": "3"}]),
    (Request.TUPLE, "must be a tuple", [{}]),
    (Request.NONE, "unsupported operand: 'NoneType'", [{}]),
    (Request.IS_NONE, "the mask is None", [{}]),
    (Request.RANK, "expected ndim=4, found ndim=3", [{"rank": "4"}]),
    (Request.RANK, "must be of rank 2", [{"rank": "2"}]),
    (Request.RANK, "wants a rank-3 tensor", [{"rank": "3"}]),
    (Request.RANK, "takes a 4D tensor", [{"rank": "4"}]),
    (Request.RANK, "not enough values to unpack (expected 4, got 3)", [{"rank": "4"}]),
    (Request.RANK, "expected a tensor with 3 dims", [{"rank": "3"}]),
    (Request.RANK, "must have 2 dimensions", [{"rank": "2"}]),
    (Request.RANK, "a vector of length 2 but got length 3", [{"rank": "3"}]),
    (Request.RANK, "a vector of size 3. But input(1) is a vector of size 4", [{"rank": "4"}]),
    (Request.RANK_WORD, "should be a vector", [{"word": "vector"}]),
    (Request.LAST_AXIS, "slice index 2 of dimension 0 out of bounds", [{"axis": "2"}]),
    (
        Request.DTYPE_GIVEN,
        "was expected to be a int32 tensor but is a float tensor",
        [{"wanted": "int32", "given": "float"}],
    ),
    (Request.DTYPE_GIVEN, "Cast int32 to string is not supported", [{"given": "int32", "wanted": "string"}]),
    (Request.DTYPE_REFUSED, "Cannot convert 0 to EagerTensor of dtype bool", [{"given": "bool"}]),
    (
        Request.DTYPES_ALLOWED,
        "Value for attr 'T' of float is not in the list of allowed values: int32, int64",
        [{"given": "float", "allowed": "int32, int64"}],
    ),
    (Request.DTYPE, "the dtype must be uint8", [{"value": "uint8"}]),
    (Request.DTYPE, "the type of indices is wrong", [{"value": "int32"}]),
    (Request.DTYPE, "cannot cast to float32", [{"value": "float32"}]),
    (Request.DTYPE, "the dtype must be bool", [{"value": "bool"}]),
    (Request.DTYPE, "cannot convert to string", [{"value": "string"}]),
    (Request.DTYPE, "must be of type complex64", [{"value": "complex64"}]),
    (Request.TENSORS, "must be called on a list of inputs", [{}]),
    (Request.TENSORS, "Expected 4 feature tensors, got 2", [{"number": "4"}]),
    (Request.TENSOR_COUNT, "expects 3 inputs, or a list of 2", [{"number": "3"}, {"number": "2"}]),
    (Request.INPUT_KEY, "are valid indices, got 'left'", [{"key": "left"}]),
    (Request.AXIS_SIZE, "expected axis -1 of input shape to have value 3", [{"axis": "-1", "size": "3"}]),
    (
        Request.AXIS_SIZE,
        "Expected dimension 8 at axis 0 of the input shaped [2,8] but got dimension 2",
        [{"size": "8", "axis": "0"}],
    ),
    (
        Request.FEWER_VALUES,
        "Input to reshape is a tensor with 80 values, but the requested shape has 16",
        [{"given": "80", "wanted": "16"}],
    ),
    (Request.EQUAL_SIZES, "must be equal, but are 8 and 5 for", [{"one": "8", "other": "5"}]),
    (Request.SHAPE, "shapes [2,5] and (2,)", [{"shape": "2,5"}, {"shape": "2,"}]),
    (Request.MATRICES, "Matrix size-incompatible", [{}]),
    (Request.BOUND, "indices[0,0] = 7 is not in [0, 3)", [{"high": "3"}]),
    (Request.SORTED, "segment ids are not increasing", [{}]),
    (Request.LONGER, "Computed output size would be negative: -2", [{}]),
    (Request.LARGER, "must be at least as long", [{}]),
    (Request.SIZE, "got 8 channels, wants 1024", [{"size": "8"}, {"size": "1024"}]),
)


@pytest.mark.parametrize(
    ("row", "example"),
    [*zip(REQUESTS, EXAMPLES, strict=True)],
    ids=[f"{place}-{kind.name}" for place, (kind, _, _) in enumerate(EXAMPLES)],
)
def test_each_row_reads_its_example(
    row: Row[Request], example: tuple[Request, str, list[dict[str, str]]]
) -> None:
    kind, text, captured = example
    assert row.kind is kind
    assert [dict(request.captured) for request in row.read(text)] == captured


def test_nothing_is_asked_for_by_a_text_that_says_nothing() -> None:
    assert read_by(REQUESTS, "no") == ()


def test_each_request_has_a_row() -> None:
    assert {row.kind for row in REQUESTS} == set(Request)
