"""A live layer read into a snapshot."""

from __future__ import annotations

from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.build import build
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.model.case import Case, Leaf
from maskcheck.model.snapshot import LayerState, Snapshot
from maskcheck.model.value import DictValue, ListValue, ObjectValue, ReferenceValue, Value
from tests.lab.layers import Counts, Scale


def seen(cls: type, *, shape: tuple[int, ...] = (2, 3), **init: Any) -> tuple[Any, Snapshot]:
    built = build(cls, Case("plain", init=init, args=(Leaf(shape=shape),)), 0, data_seed=0)
    return built.layer, observe(built.layer, choose_modes(built.layer, built.inputs, 0), 0)


def test_all_parts_of_a_layer() -> None:
    _, snapshot = seen(Scale, factor=2.0, rate=0.5, weight_loss=0.1)
    root = snapshot.root
    assert list(snapshot.layers) == ["", "dropout"]
    assert (root.class_name, root.own, root.tracked) == ("tests.lab.layers.Scale", True, True)
    assert (snapshot.layers["dropout"].own, snapshot.layers["dropout"].tracked) == (False, True)
    assert root.attributes["factor"] == 2.0
    assert root.attributes["dropout"] == ReferenceValue("layer", "dropout")
    assert root.attributes["kernel"] == ReferenceValue("variable", "kernel")
    assert list(snapshot.weights) == ["dropout.seed_generator.state", "kernel"]
    assert list(snapshot.calls) == ["inference", "training"]
    assert len(snapshot.calls["inference"].losses) == 1


def test_flags() -> None:
    _, snapshot = seen(Scale, trainable=False, dtype="mixed_float16", activity_regularizer="l2", name="mine")
    flags = snapshot.root.flags
    assert (flags["name"], flags["trainable"], flags["dtype_policy"]) == ("mine", False, "mixed_float16")
    assert (flags["supports_masking"], flags["autocast"], flags["input_spec"]) == (False, True, None)
    assert isinstance(flags["activity_regularizer"], ObjectValue)
    assert flags["activity_regularizer"].class_name.endswith("L2")


def test_a_flag_that_raises_is_absent() -> None:
    class Raises(keras.layers.Layer):
        supports = True

        @property
        def input_spec(self) -> Any:
            if "ready" in vars(self):
                raise RuntimeError("not now")
            return None

        @input_spec.setter
        def input_spec(self, value: Any) -> None:
            self.__dict__["_spec"] = value

        def call(self, inputs: Any) -> Any:
            return inputs

    layer, _ = seen(Raises)
    vars(layer)["ready"] = True
    assert repr(observe(layer, {}, 0).root.flags["input_spec"]) == "absent"


def test_a_map_of_policies_is_read_by_names() -> None:
    layer, _ = seen(Scale)
    layer._dtype_policy = keras.dtype_policies.DTypePolicyMap(
        policy_map={"inner": keras.DTypePolicy("bfloat16")}
    )
    policy = observe(layer, {}, 0).root.flags["dtype_policy"]
    assert policy == DictValue("policies", (("default", "float32"), ("inner", "bfloat16")))


class Kinds(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kernel = self.add_weight(shape=(2,), name="kernel")
        self.frozen = self.add_weight(
            shape=(2,), name="frozen", trainable=False, dtype="int32", initializer="zeros"
        )
        self.generator = keras.random.SeedGenerator(1)
        self.metric = keras.metrics.Mean()
        self.hidden = tf.Variable([1.0], trainable=False)
        self.rnn = keras.layers.LSTM(2, stateful=True)

    def call(self, inputs: Any) -> Any:
        return self.rnn(inputs)


def test_every_variable_has_its_kind() -> None:
    _, snapshot = seen(Kinds, shape=(2, 4, 3))
    found = {path: (weight.kind, weight.trainable) for path, weight in snapshot.weights.items()}
    assert {
        path: found[path] for path in ("kernel", "frozen", "hidden", "generator.state", "metric.total")
    } == {
        "kernel": ("weight", True),
        "frozen": ("weight", False),
        "hidden": ("untracked", False),
        "generator.state": ("seed", False),
        "metric.total": ("metric", False),
    }
    assert [path for path, (kind, _) in found.items() if kind == "state"] == [
        "rnn.states[0]",
        "rnn.states[1]",
    ]
    assert found["rnn.cell.kernel"] == ("weight", True)
    assert snapshot.weights["frozen"].dtype == "int32"


def test_frozen_layers_have_no_trainable_weights() -> None:
    _, snapshot = seen(Scale, trainable=False)
    assert not snapshot.weights["kernel"].trainable


def test_a_snapshot_outlives_its_layer() -> None:
    layer, before = seen(Scale)
    layer.kernel.assign([5.0, 5.0, 5.0])
    layer.factor = 9.0
    after = observe(layer, {}, 0)
    found = contrast(before, after)
    assert [change.path for change in found.weights] == ["kernel"]
    assert [change.path for change in found.attributes] == ["factor"]


@pytest.mark.parametrize("cls", [Scale, Counts, keras.layers.BatchNormalization, keras.layers.Dense])
def test_looking_twice_shows_the_same(cls: type) -> None:
    init = {"units": 2} if cls is keras.layers.Dense else {}
    built = build(cls, Case("plain", init=init, args=(Leaf(shape=(2, 3)),)), 0, data_seed=0)
    wanted = choose_modes(built.layer, built.inputs, 0)
    first, second = observe(built.layer, wanted, 0), observe(built.layer, wanted, 0)
    assert contrast(first, second).empty
    assert first.calls["inference"].error is None


def test_aliases() -> None:
    class Tied(keras.layers.Layer):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.one = keras.layers.Dense(3)
            self.all = [self.one, self.one]

        def call(self, inputs: Any) -> Any:
            return self.one(inputs)

    _, snapshot = seen(Tied)
    assert frozenset({"one", "all[0]", "all[1]"}) in snapshot.aliases
    attribute: Value = snapshot.root.attributes["all"]
    assert attribute == ListValue("list", (ReferenceValue("layer", "one"),) * 2)


def test_a_layer_that_keras_does_not_track() -> None:
    class Bag:
        inner: Any

    class Hides(keras.layers.Layer):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.bag = Bag()
            self.bag.inner = keras.layers.Dense(3)

        def call(self, inputs: Any) -> Any:
            return self.bag.inner(inputs)

    _, snapshot = seen(Hides)
    state: LayerState = snapshot.layers["bag.inner"]
    assert not state.tracked
    assert {weight.kind for weight in snapshot.weights.values()} == {"untracked"}
