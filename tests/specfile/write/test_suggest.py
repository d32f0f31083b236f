from __future__ import annotations

from maskcheck.model.case import Inference, Leaf
from maskcheck.specfile.write.suggest import draft_entry
from tests.specfile.conftest import Fail, Load

HEAD = "version: 1\nlayers:\n"


def test_entry_to_complete(fail: Fail, load: Load) -> None:
    text = draft_entry("SequenceMask", Inference(None, ("max_length", "mode")))
    assert text == ("  SequenceMask:\n    init: {max_length: ..., mode: ...}\n    input: {shape: [2, ...]}")
    assert fail(HEAD + text) == "4:24: '...' stands for a value that is still to be written (replace it)"
    (layer,) = load(HEAD + text.replace("...", "5")).layers
    assert layer.cases[0].init == {"max_length": 5, "mode": 5}
    assert layer.cases[0].args[0].shape == (2, 5)


def test_class_without_required_arguments(load: Load) -> None:
    text = draft_entry("pkg.masks.Plain", Inference(None))
    assert text == "  pkg.masks.Plain:\n    input: {shape: [2, ...]}"
    assert load(HEAD + text.replace("...", "5")).layers[0].name == "pkg.masks.Plain"


def test_shapes_of_likely_inputs_are_left_open(load: Load) -> None:
    features, ids = Leaf(shape=(2, 5, 8)), Leaf(shape=(2, 5), dtype="int32", low=0, high=4)
    call = {"mask": Leaf(shape=(2, 5), dtype="bool"), "training": False}
    text = draft_entry("Mix", Inference(None, args=({"ids": ids}, [features, features]), call=call))
    assert text.splitlines() == [
        "  Mix:",
        "    args: [{ids: {shape: [2, ...], dtype: int32}}, [{shape: [2, ...]}, {shape: [2, ...]}]]",
        "    call: {mask: {shape: [2, ...], dtype: bool}, training: false}",
    ]
    assert load(HEAD + text.replace("...", "5")).layers[0].cases[0].call["training"] is False
