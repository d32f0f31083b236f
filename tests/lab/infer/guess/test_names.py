"""What names say of values, and which values are of a kind."""

from __future__ import annotations

import re
from typing import Any

import pytest

from maskcheck.lab.infer.guess.input_names import BATCH, named_forms, plain_values
from maskcheck.lab.infer.guess.kinds import ANYTHING, PLAINEST, distinct, fits, type_name
from maskcheck.lab.infer.guess.names import (
    CELL,
    DENSE,
    EXACT,
    FEATURES,
    LAYERS,
    MARK,
    PATTERNS,
    SIDE,
    STEPS,
    TANH,
    by_name,
)
from maskcheck.model.case import ArrayTag, Leaf
from maskcheck.specfile.write.outline import outline_arguments


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("units", FEATURES),
        ("hidden_dim", FEATURES),
        ("embed_dim", FEATURES),
        ("num_heads", 2),
        ("head_dim", 4),
        ("key_dim", 4),
        ("kernel_size", 3),
        ("dropout_rate", 0.25),
        ("sample_rate", 100),
        ("max_length", STEPS),
        ("vocab_size", 16),
        ("image_size", [SIDE, SIDE]),
        ("patch_size", 2),
        ("num_layers", 2),
        ("use_bias", True),
        ("activation", "relu"),
        ("kernel_initializer", "glorot_uniform"),
        ("layer", DENSE),
        ("layer_idx", 1),
        ("layer_norm_eps", 0.001),
        ("token_id", 1),
        ("axis", -1),
        ("epsilon", 0.001),
        ("cell", CELL),
        ("activation_fn", "relu"),
        ("transform_fn", TANH),
        ("layers", [DENSE, DENSE]),
        ("vocabulary", ["word0", "word1", "word2"]),
    ],
)
def test_the_likeliest_value(name: str, first: object) -> None:
    assert by_name(name)[0] == first


def test_a_name_may_say_nothing() -> None:
    assert by_name("qwxz") == ()


def test_every_value_can_be_written_in_a_spec() -> None:
    every = [*EXACT.values(), *(values for _, values in PATTERNS), *PLAINEST.values(), ANYTHING]
    outlined = [outline_arguments({"value": value}) for values in every for value in values]
    assert len(outlined) == sum(map(len, every))


def test_no_exact_name_hides_behind_a_pattern_of_its_own() -> None:
    for name, values in EXACT.items():
        pattern = next((found for pattern, found in PATTERNS if re.search(pattern, name)), None)
        assert pattern != values, f"the pattern gives {name} the same values"


@pytest.mark.parametrize("kind", PLAINEST)
def test_the_plainest_values_are_of_their_kind(kind: str) -> None:
    values = PLAINEST[kind] if kind != "callable" else PLAINEST[kind][:1]
    assert [value for value in values if not fits(value, kind)] == []


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (True, "integer", False),
        (2, "number", True),
        (2.0, "integer", False),
        (DENSE, "callable", True),
        (DENSE, "cell", False),
        (TANH, "layer", False),
        ((1, 2), "sequence", True),
        ("a", "flag", False),
    ],
)
def test_fits(value: Any, kind: str, expected: bool) -> None:
    assert fits(value, kind) is expected


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (2, "int"),
        (None, "NoneType"),
        ([2], "list"),
        ({}, "dict"),
        (TANH, "function"),
        (DENSE, "Dense"),
        (ArrayTag(Leaf(shape=(2,)), tensor=False, mark=MARK), "ndarray"),
    ],
)
def test_type_name(value: Any, name: str) -> None:
    assert type_name(value) == name


def test_distinct_keeps_order_and_tells_true_from_one() -> None:
    assert distinct([1, True, [1], 1, [1], 1.0]) == (1, True, [1], 1.0)
    assert [type(value) for value in distinct([True, 1])] == [bool, int]


@pytest.mark.parametrize(
    ("name", "shape", "dtype"),
    [
        ("mask", (BATCH, STEPS), "bool"),
        ("attention_mask", (BATCH, STEPS, STEPS), "bool"),
        ("token_ids", (BATCH, STEPS), "int32"),
        ("input_word_ids", (BATCH, STEPS), "int32"),
        ("edge_index", (STEPS, 2), "int32"),
        ("lengths", (BATCH,), "int32"),
        ("images", (BATCH, SIDE, SIDE, 3), None),
        ("state", (BATCH, FEATURES), None),
        ("boxes", (BATCH, STEPS, 4), None),
    ],
)
def test_forms_by_name(name: str, shape: tuple[int, ...], dtype: str | None) -> None:
    leaf = named_forms(name)[0]
    assert (leaf.shape, leaf.dtype) == (shape, dtype)


def test_states_are_a_list() -> None:
    assert named_forms("states")[0] == [Leaf(shape=(BATCH, FEATURES))]
    assert named_forms("features") == ()


def test_parameters_that_are_no_tensors() -> None:
    assert plain_values("training") == (False, True)
    assert plain_values("inputs") == ()


def test_layers_can_be_constructed_without_more() -> None:
    assert all(value.init or value.path.endswith("Identity") for value in LAYERS)
