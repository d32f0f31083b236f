"""The spec's values become live ones, new at every construction."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.errors import SpecError
from maskcheck.lab.layer.spec_values import import_object, live
from maskcheck.model.case import ArrayTag, ImportTag, Leaf, Mark, ObjectTag
from tests.lab import things

MARK = Mark("maskcheck.yaml", 4, 7)
THINGS = things.__name__


def made(value: Any, path: str = "init.value", seed: int = 0) -> Any:
    return live(value, path, seed)


def tagged(path: str, **init: Any) -> ObjectTag:
    return ObjectTag(path, init, MARK)


@pytest.mark.parametrize(
    "value", [None, True, 3, 0.5, "text", [1, [2]], (1, (2,)), {"a": {1: [2]}}, [], {}, ()]
)
def test_plain_values_are_copied_with_their_types(value: Any) -> None:
    found = made(value)
    assert found == value
    assert type(found) is type(value)
    if isinstance(value, (list, dict)):
        assert found is not value


def test_no_container_is_shared_between_two_constructions() -> None:
    value = {"sizes": [1, [2]], "thing": tagged(f"{THINGS}.Thing", table={"a": [1]})}
    one, other = made(value), made(value)
    one["sizes"][1].append(3)
    one["thing"].given["table"]["a"].append(2)
    assert other["sizes"] == value["sizes"] == [1, [2]]
    assert other["thing"].given == {"table": {"a": [1]}}
    assert one["thing"] is not other["thing"]


def test_imports() -> None:
    assert made(ImportTag(f"{THINGS}.scale", MARK)) is things.scale
    assert made([ImportTag(f"{THINGS}.Thing.Part", MARK)]) == [things.Thing.Part]
    assert made(ImportTag("keras.activations.relu", MARK)) is keras.activations.relu
    assert import_object("os.path", None) is __import__("os").path


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("keras.activations.rleu", "'keras.activations' has no 'rleu'", "did you mean 'relu'?"),
        ("keras.layres.Dense", "'keras' has no 'layres'", "did you mean 'layers'?"),
        ("no_such_library.Thing", "no module named 'no_such_library'", ""),
        (f"{THINGS}.Thing.Prat", "'Thing' has no 'Prat'", "did you mean 'Part'?"),
        (f"{THINGS}.lazy", "failed: needs another library", ""),
        ("lab_broken.Thing", "failed: not today", ""),
        ("lab_missing.Thing", "No module named 'another_library'", ""),
        ("lab_leaves.Thing", "importing 'lab_leaves.Thing' failed", ""),
    ],
)
def test_an_import_that_fails_says_where_and_what(
    path: str, message: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "lab_broken.py").write_text("raise RuntimeError('not today')")
    (tmp_path / "lab_missing.py").write_text("import another_library")
    (tmp_path / "lab_leaves.py").write_text("import sys; sys.exit(1)")
    with pytest.raises(SpecError) as caught:
        made({"inside": [ImportTag(path, MARK)]})
    assert caught.value.mark == MARK
    assert message in caught.value.message
    assert path in caught.value.message
    assert caught.value.hint == hint
    assert not {"lab_broken", "lab_missing", "lab_leaves"} & {*sys.modules}


def test_objects_are_built_with_live_arguments() -> None:
    leaf = ArrayTag(Leaf(values=[1, 2]), tensor=False, mark=MARK)
    found = made(
        tagged(f"{THINGS}.Thing", inner=tagged("keras.layers.Dense", units=3), array=leaf, pair=(1, 2))
    )
    assert found.given["inner"].units == 3
    assert found.given["array"].tolist() == [1, 2]
    assert found.given["pair"] == (1, 2)


@pytest.mark.parametrize(
    ("path", "init", "message"),
    [
        (f"{THINGS}.refuse", {}, "failed: no such thing"),
        (f"{THINGS}.leave", {}, "failed: 4"),
        (
            "keras.layers.Dense",
            {"unit": 3},
            "failed: Dense.__init__() missing 1 required positional argument",
        ),
        ("keras.layers.Dnese", {}, "'keras.layers' has no 'Dnese'"),
        (f"{THINGS}.__doc__", {}, "failed: 'str' object is not callable"),
    ],
)
def test_an_object_that_cannot_be_built_says_where_and_why(
    path: str, init: dict[str, Any], message: str
) -> None:
    with pytest.raises(SpecError) as caught:
        made(tagged(path, **init))
    assert caught.value.mark == MARK
    assert message in caught.value.message
    assert path in str(caught.value)


@pytest.mark.parametrize(
    ("leaf", "dtype"),
    [
        (Leaf(shape=(2, 3)), "float32"),
        (Leaf(shape=(2, 3), dtype="int32"), "int32"),
        (Leaf(shape=(2, 3), dtype="bfloat16"), "bfloat16"),
        (Leaf(shape=(2, 3), dtype="string"), "string"),
        (Leaf(values=[1, 2]), "int32"),
        (Leaf(values=[1, 2.5]), "float32"),
        (Leaf(values=[True]), "bool"),
        (Leaf(values=["a", "b"]), "string"),
        (Leaf(values=3), "int32"),
        (Leaf(values=[1, 2], dtype="float16"), "float16"),
        (Leaf(values=[[1.5]], dtype="bfloat16"), "bfloat16"),
        (Leaf(values=[2**63], dtype="uint64"), "uint64"),
        (Leaf(shape=()), "float32"),
    ],
)
def test_leaves_are_tensors_and_tags_say_which(leaf: Leaf, dtype: str) -> None:
    tensor = made(leaf)
    assert isinstance(tensor, tf.Tensor)
    assert tensor.dtype.name == dtype
    assert leaf.shape is None or tuple(tensor.shape) == leaf.shape
    assert isinstance(made(ArrayTag(leaf, True, MARK)), tf.Tensor)
    assert isinstance(made(ArrayTag(leaf, False, MARK)), np.ndarray)


def test_random_leaves_differ_by_place_and_seed_and_not_otherwise() -> None:
    leaf = Leaf(shape=(3, 4))
    one, other = (tensor.numpy() for tensor in made([leaf, leaf]))
    again = made([leaf, leaf])[0].numpy()
    seeded = made([leaf, leaf], seed=1)[0].numpy()
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert not np.array_equal(one, seeded)


def test_a_leaf_carries_its_mask() -> None:
    mask = Leaf(values=[[True, False]], dtype="bool")
    tensor = made({"context": Leaf(shape=(1, 2, 3), mask=mask)})["context"]
    assert tensor._keras_mask.numpy().tolist() == [[True, False]]
    assert not hasattr(made(Leaf(shape=(1, 2))), "_keras_mask")
