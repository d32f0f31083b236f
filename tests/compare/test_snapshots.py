"""Two snapshots of a layer: each kind of loss lands in its own part of the contrast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maskcheck.compare.snapshots import CallChange, Contrast, contrast
from maskcheck.model.error import ErrorInfo
from maskcheck.model.snapshot import CallResult, LayerState, Snapshot, Weight
from maskcheck.model.value import ABSENT, ArrayValue, DictValue, ListValue, ObjectValue, Value

FLAGS: Mapping[str, Value] = {"name": "layer", "trainable": True, "dtype_policy": "float32"}
BROKEN = ErrorInfo("ValueError", "refused")


def state(path: str, class_name: str = "module.Layer", **attributes: Value) -> LayerState:
    return LayerState(path, class_name, FLAGS, attributes)


def weight(path: str, *values: float, dtype: str = "float32", trainable: bool = True) -> Weight:
    return Weight(path, np.array(values, dtype), dtype, trainable)


def output(*values: float) -> ArrayValue:
    return ArrayValue("tensor", "float32", np.array(values, "float32"))


def masks(*values: bool) -> DictValue:
    return DictValue("masks", (("carried", ArrayValue("tensor", "bool", np.array(values))),))


REFERENCE = Snapshot(
    layers={"": state("", rate=0.5, scales=ListValue("tuple", (1, 2))), "dense": state("dense", units=3)},
    weights={"kernel": weight("kernel", 1, 2), "dense.kernel": weight("dense.kernel", 3, 4)},
    aliases=frozenset({frozenset({"dense", "tied"})}),
    calls={
        "inference": CallResult(output(1, 2), masks(True, False), (0.5,)),
        "training": CallResult(output(3, 4)),
    },
)


def found(**parts: Any) -> Contrast:
    return contrast(REFERENCE, replace(REFERENCE, **parts))


def layers(path: str, **changes: Any) -> dict[str, LayerState]:
    return {**REFERENCE.layers, path: replace(REFERENCE.layers[path], **changes)}


def only(result: Contrast, *parts: str) -> None:
    """Check that the contrast has these parts and no other."""
    names = ("classes", "flags", "attributes", "layers", "weights", "aliases", "behaviour")
    assert [name for name in names if getattr(result, name)] == list(parts)
    assert not result.empty


def test_a_snapshot_does_not_differ_from_itself() -> None:
    result = contrast(REFERENCE, REFERENCE)
    assert result.empty
    assert not result.behaviour
    assert [call.mode for call in result.calls] == ["inference", "training"]


def test_a_flag() -> None:
    result = found(layers=layers("", flags={**FLAGS, "trainable": False}))
    only(result, "flags")
    assert [(d.path, d.before, d.after) for d in result.flags] == [("trainable", True, False)]


def test_a_flag_that_is_gone() -> None:
    result = found(layers=layers("dense", flags={"name": "layer", "trainable": True}))
    assert [(d.path, d.after) for d in result.flags] == [("dense.dtype_policy", ABSENT)]


def test_the_name_counts_for_the_root_alone() -> None:
    only(found(layers=layers("", flags={**FLAGS, "name": "layer_1"})), "flags")
    assert found(layers=layers("dense", flags={**FLAGS, "name": "layer_1"})).empty


def test_flags_that_differ_in_type_only_are_none() -> None:
    assert found(layers=layers("", flags={**FLAGS, "trainable": 1})).empty


@pytest.mark.parametrize(
    ("attributes", "paths", "drift"),
    [
        ({"units": 4}, ["units"], False),
        ({}, ["units"], False),
        ({"units": 3, "extra": 1}, ["extra"], False),
        ({"units": 3.0}, ["units"], True),
    ],
)
def test_an_attribute(attributes: dict[str, Value], paths: list[str], drift: bool) -> None:
    result = found(layers=layers("dense", attributes=attributes))
    only(result, "attributes")
    assert [change.path for change in result.attributes] == [f"dense.{path}" for path in paths]
    assert result.attributes[0].drift is drift


def test_every_place_that_differs_in_an_attribute_is_told() -> None:
    changed = {"rate": 0.5, "scales": ListValue("list", (5, 6))}
    (change,) = found(layers=layers("", attributes=changed)).attributes
    kinds = [(d.kind, d.path) for d in change.differences]
    assert kinds == [("type", "scales"), ("value", "scales[0]"), ("value", "scales[1]")]
    assert not change.drift


def test_attributes_that_say_nothing() -> None:
    symbolic = ObjectValue("symbolic tensor")
    root = REFERENCE.layers[""].attributes
    assert found(layers=layers("", attributes={**root, "cache": None})).empty
    assert found(layers=layers("", attributes={**root, "rate": symbolic})).empty
    assert found(layers=layers("", attributes={**root, "extra": symbolic})).empty


def test_private_attributes_are_no_part_of_the_public_face() -> None:
    root = REFERENCE.layers[""].attributes
    result = found(layers=layers("", attributes={**root, "_cache": 1, "cache": 1}))
    assert [(change.name, change.public) for change in result.attributes] == [
        ("_cache", False),
        ("cache", True),
    ]


def test_another_class_hides_its_attributes() -> None:
    result = found(layers=layers("dense", class_name="keras.Dense", attributes={}))
    only(result, "classes")
    assert [(d.path, d.before, d.after) for d in result.classes] == [("dense", "module.Layer", "keras.Dense")]


def test_layers_that_are_gone_or_new() -> None:
    result = found(layers={"": REFERENCE.layers[""], "other": state("other")})
    assert [(d.path, d.kind) for d in result.layers] == [("dense", "missing"), ("other", "added")]
    only(result, "layers")


@pytest.mark.parametrize(
    ("after", "differs"),
    [
        (weight("kernel", 1, 5), True),
        (weight("kernel", 1, 2, 3), True),
        (weight("kernel", 1, 2, dtype="float16"), True),
        (weight("kernel", 1, 2, trainable=False), False),
    ],
)
def test_a_weight(after: Weight, differs: bool) -> None:
    result = found(weights={**REFERENCE.weights, "kernel": after})
    only(result, "weights")
    (change,) = result.weights
    assert (change.path, change.after) == ("kernel", after)
    assert (change.difference is not None) is differs


def test_weights_that_are_gone_or_new() -> None:
    result = found(weights={"kernel": REFERENCE.weights["kernel"], "bias": weight("bias", 1)})
    ends = [(c.path, c.before is None, c.after is None) for c in result.weights]
    assert ends == [("dense.kernel", False, True), ("bias", True, False)]


@pytest.mark.parametrize(
    ("aliases", "kept"),
    [
        ([{"dense", "tied"}], True),
        ([{"dense", "tied", "third"}], True),
        ([], True),
        ([{"dense", "x"}, {"tied", "y"}], False),
    ],
)
def test_what_was_shared(aliases: list[set[str]], kept: bool) -> None:
    """A path that is nowhere any more is a missing layer, not a lost identity."""
    result = found(aliases=frozenset(frozenset(group) for group in aliases))
    assert bool(result.aliases) is not kept


def test_two_layers_where_there_was_one() -> None:
    result = found(layers={**REFERENCE.layers, "tied": state("tied")}, aliases=frozenset())
    assert result.aliases == (frozenset({"dense", "tied"}),)


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (CallResult(output(1, 5), masks(True, False), (0.5,)), "outputs"),
        (CallResult(output(1, 2), masks(True, True), (0.5,)), "masks"),
        (CallResult(output(1, 2), None, (0.5,)), "masks"),
        (CallResult(output(1, 2), masks(True, False), (0.6,)), "losses"),
        (CallResult(output(1, 2), masks(True, False), (0.5, 0.5)), "losses"),
        (CallResult(output(1, 2), masks(True, False)), "losses"),
        (CallResult(error=BROKEN), "error"),
    ],
)
def test_a_call(call: CallResult, part: str) -> None:
    result = found(calls={**REFERENCE.calls, "inference": call})
    only(result, "behaviour")
    changed, same = result.calls
    assert [name for name in ("outputs", "masks", "losses", "error") if getattr(changed, name)] == [part]
    assert same == CallChange("training")


def test_modes_that_one_side_lacks_or_that_failed_before_are_not_compared() -> None:
    broken = replace(REFERENCE, calls={"inference": CallResult(error=BROKEN), "training": CallResult(1)})
    assert contrast(broken, REFERENCE).calls[0].mode == "training"
    assert found(calls={}).calls == ()


def test_the_tolerance_is_for_outputs_and_losses_not_for_weights() -> None:
    near = replace(
        REFERENCE,
        calls={**REFERENCE.calls, "inference": CallResult(output(1.01, 2), masks(True, False), (0.501,))},
        weights={**REFERENCE.weights, "kernel": weight("kernel", 1.01, 2)},
    )
    assert contrast(REFERENCE, near).behaviour
    only(contrast(REFERENCE, near, (0.1, 0.0)), "weights")


def test_the_last_bits_of_a_loss_may_differ() -> None:
    call = CallResult(output(1, 2), masks(True, False), (0.5 + 1e-9,))
    assert found(calls={**REFERENCE.calls, "inference": call}).empty


def test_of_what_is_opaque_only_outputs_count() -> None:
    served = Snapshot({}, {}, calls={"inference": CallResult(REFERENCE.calls["inference"].outputs)})
    assert served.opaque
    assert contrast(REFERENCE, served).empty
    other = Snapshot({}, {}, calls={"inference": CallResult(output(8, 9))})
    found = contrast(REFERENCE, other)
    assert found == Contrast(calls=found.calls)
    assert found.behaviour
    failed = Snapshot({}, {}, calls={"inference": CallResult(error=BROKEN)})
    assert contrast(REFERENCE, failed).calls == (CallChange("inference", error=BROKEN),)
