"""What a call gets: the same data each time, in containers and with masks of its own."""

from __future__ import annotations

from typing import Any, NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, call_inputs, carried_mask, flatten, map_tree, takes
from maskcheck.model.case import Case, Leaf

MASK = Leaf(shape=(2, 5), dtype="bool")
PLAIN, MASKED = Leaf(shape=(2, 5, 3)), Leaf(shape=(2, 5, 3), mask=MASK)


class Pair(NamedTuple):
    left: Any
    right: Any


def inputs(*args: Any, seed: int = 0, **call: Any) -> CallInputs:
    return call_inputs(Case("plain", args=args, call=call), seed)


def data(tree: Any) -> list[Any]:
    return [leaf.numpy().tolist() for leaf in flatten(tree)]


def masks(tree: Any) -> list[bool]:
    return [carried_mask(leaf) is not None for leaf in flatten(tree)]


def test_args_keep_their_structure() -> None:
    ((single, nested), kwargs) = inputs(PLAIN, {"a": [PLAIN], "b": (PLAIN, MASKED)}, training=False).fresh()
    assert isinstance(single, tf.Tensor)
    assert {key: type(value) for key, value in nested.items()} == {"a": list, "b": tuple}
    assert kwargs == {"training": False}


def test_every_call_gets_the_same_data_in_containers_of_its_own() -> None:
    given = inputs([PLAIN, {"a": PLAIN}], context=[PLAIN], sizes=[1, [2]])
    (first, kwargs), (again, more) = given.fresh(), given.fresh()
    assert data(first) == data(again)
    assert data(kwargs["context"]) == data(more["context"])
    assert not {id(leaf) for leaf in flatten(first)} & {id(leaf) for leaf in flatten(again)}
    first[0].clear()
    kwargs["sizes"][1].append(3)
    assert len(given.fresh()[0][0]) == 2
    assert given.fresh()[1]["sizes"] == [1, [2]]


def test_what_a_call_does_to_an_array_or_a_mask_is_gone_with_it() -> None:
    given = CallInputs((tf.ones((2, 2)),), {"table": np.zeros(2)})
    (tensor,), kwargs = given.fresh()
    tensor._keras_mask = tf.constant([True, False])
    kwargs["table"][0] = 5
    (clean,), others = given.fresh()
    assert carried_mask(clean) is None
    assert others["table"].tolist() == [0, 0]


def test_the_same_case_gives_the_same_data() -> None:
    assert data(inputs(MASKED, [PLAIN]).args) == data(inputs(MASKED, [PLAIN]).args)
    assert data(inputs(MASKED).args) != data(inputs(MASKED, seed=1).args)
    one, other = inputs(PLAIN, PLAIN).args
    assert data(one) != data(other)


def test_masks_are_carried_wherever_the_leaf_is() -> None:
    given = inputs(PLAIN, [MASKED, PLAIN], context={"a": MASKED})
    args, kwargs = given.fresh()
    assert masks(args) == [False, True, False]
    assert masks(list(kwargs.values())) == [True]
    assert given.has_masks()
    assert not inputs(PLAIN).has_masks()
    assert inputs(PLAIN, context=MASKED).has_masks()


def test_the_masks_of_two_leaves_are_their_own() -> None:
    (first, second), _ = inputs(*[Leaf(shape=(8, 9), mask=Leaf(shape=(8, 9), dtype="bool"))] * 2).fresh()
    assert first._keras_mask.numpy().tolist() != second._keras_mask.numpy().tolist()


def test_masks_given_as_numbers_are_booleans() -> None:
    leaf = Leaf(shape=(1, 2), mask=Leaf(values=[[1, 0]]))
    (tensor,), _ = inputs(leaf).fresh()
    assert tensor._keras_mask.dtype == tf.bool


def test_without_masks_nothing_is_masked() -> None:
    given = inputs([MASKED], PLAIN, mask=MASK, context=MASKED, training=True).without_mask_argument()
    args, kwargs = given.fresh()
    assert not given.has_masks()
    assert masks([args, *kwargs.values()]) == [False] * 4
    assert set(kwargs) == {"context", "training"}


def test_a_mask_can_be_laid_on_what_has_room_for_one() -> None:
    flat = Leaf(shape=(4,))
    given = inputs([PLAIN, flat], context=PLAIN)
    masked = given.with_carried_mask(0)
    assert masked is not None
    args, kwargs = masked.fresh()
    assert masks(args) == [True, False]
    assert masks(list(kwargs.values())) == [False]
    mask = carried_mask(args[0][0])
    assert (tuple(mask.shape), mask.dtype) == ((2, 5), tf.bool)
    assert data(args) == data(given.args)
    assert not given.has_masks()
    assert inputs(flat).with_carried_mask(0) is None
    assert inputs().with_carried_mask(0) is None


def test_trees() -> None:
    tree = {"a": [1, (2, Pair(3, 4))]}
    doubled = map_tree(lambda x: x * 2, tree)
    assert doubled == {"a": [2, (4, Pair(6, 8))]}
    assert isinstance(doubled["a"][1][1], Pair)
    assert flatten(tree) == [1, 2, 3, 4]


class Takes(keras.layers.Layer):
    def call(self, inputs: Any, mask: Any = None, *, training: bool = False) -> Any:
        return inputs


@pytest.mark.parametrize(
    ("name", "expected"), [("mask", True), ("training", True), ("inputs", True), ("x", False)]
)
def test_parameters_of_call(name: str, expected: bool) -> None:
    assert takes(Takes(), name) is expected


def test_a_call_without_a_signature_takes_nothing() -> None:
    layer = Takes()
    layer.__dict__["call"] = dict.get
    layer.__dict__["call"] = type
    assert not takes(layer, "mask")
