"""From a case to a layer that has been called once, or the step that failed."""

from __future__ import annotations

import sys
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.errors import SpecError
from maskcheck.lab.calls.build import BuildError, build, construct, guarded, snake_case
from maskcheck.lab.layer.object_graph import walk
from maskcheck.model.case import Case, ImportTag, Leaf, Mark, ObjectTag, Preparation
from maskcheck.model.value import ListValue
from tests.lab.layers import Scale

INPUT = Leaf(shape=(2, 3))
MARK = Mark("maskcheck.yaml", 3)


def case(*args: Any, prepare: tuple[Preparation, ...] = (), **init: Any) -> Case:
    return Case("plain", init=init, args=args or (INPUT,), prepare=prepare)


def made(cls: type, what: Case, seed: int = 0) -> Any:
    return build(cls, what, seed, data_seed=0)


def failing(cls: type, what: Case) -> tuple[str, str, str]:
    """Return the step, the type and the message of the failure."""
    with pytest.raises(BuildError) as caught:
        made(cls, what)
    error = caught.value.failure.error
    return caught.value.failure.step, error.type, error.message


class Raises(keras.layers.Layer):
    """Raises in the method named."""

    def __init__(self, where: str, error: str = "ValueError", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.where, self.error = where, error
        self._fail("__init__")

    def _fail(self, here: str) -> None:
        if self.where == here:
            raise {
                "ValueError": ValueError,
                "SystemExit": SystemExit,
                "KeyboardInterrupt": KeyboardInterrupt,
            }[self.error](f"in {here}")

    def build(self, shape: Any) -> None:
        self._fail("build")

    def call(self, inputs: Any) -> Any:
        self._fail("call")
        return inputs

    def prepare(self) -> None:
        self._fail("prepare")


@pytest.mark.parametrize("error", ["ValueError", "SystemExit", "KeyboardInterrupt"])
@pytest.mark.parametrize(
    ("where", "step"),
    [("__init__", "construct"), ("build", "call"), ("call", "call"), ("prepare", "prepare")],
)
def test_what_raises_is_told_with_its_step_and_place(where: str, step: str, error: str) -> None:
    what = case(where=where, error=error, prepare=(Preparation("prepare"),) if where == "prepare" else ())
    with pytest.raises(BuildError) as caught:
        made(Raises, what)
    failure = caught.value.failure
    assert (failure.step, failure.error.type) == (step, error)
    assert f"in {where}" in failure.error.message
    assert failure.error.file == __file__


def test_arguments_that_init_does_not_take() -> None:
    step, kind, message = failing(Scale, case(fcator=2.0))
    assert (step, kind) == ("construct", "ValueError")
    assert "fcator" in message


def test_a_method_that_is_not_there() -> None:
    step, kind, message = failing(Scale, case(prepare=(Preparation("adapt"),)))
    assert (step, kind) == ("prepare", "AttributeError")
    assert "adapt" in message


class NotALayer(keras.layers.Layer):
    def __new__(cls, *_: Any, **__: Any) -> Any:
        return "nothing"


def test_a_class_that_gives_something_else() -> None:
    assert failing(NotALayer, case()) == ("construct", "TypeError", "NotALayer() gave a str, not a layer")


def test_a_fault_of_the_spec_stays_one() -> None:
    missing = ImportTag("keras.no_such_thing", MARK)
    for what in (case(factor=missing), case(prepare=(Preparation("get_config", (missing,)),))):
        with pytest.raises(SpecError, match="no_such_thing"):
            made(Scale, what)


def test_the_layer_is_built_called_and_named() -> None:
    built = made(Scale, case(factor=2.0))
    assert built.layer.built
    assert built.layer.name == "scale_checked"
    assert built.arguments["factor"] == 2.0
    assert built.arguments["name"] == "scale_checked"
    assert built.explicit == {"factor", "name"}


def test_a_name_in_the_case_is_kept() -> None:
    assert made(Scale, case(name="mine")).layer.name == "mine"


class NoName(keras.layers.Layer):
    def __init__(self) -> None:
        super().__init__()

    def call(self, inputs: Any) -> Any:
        return inputs


class OtherOptions(keras.layers.Layer):
    """Takes keyword arguments that are not for Keras."""

    def __init__(self, **options: int) -> None:
        if unknown := set(options) - {"units"}:
            raise TypeError(f"unknown options: {unknown}")
        super().__init__()
        self.options = options

    def call(self, inputs: Any) -> Any:
        return inputs


def test_a_class_that_takes_no_name_gets_none() -> None:
    assert made(NoName, case()).explicit == set()
    built = made(OtherOptions, case(units=3))
    assert (built.explicit, dict(built.layer.options)) == ({"units"}, {"units": 3})


def test_of_two_refusals_the_first_is_told() -> None:
    assert failing(OtherOptions, case(width=3))[2].startswith("unknown options: {")


def test_every_construction_gets_values_of_its_own() -> None:
    class Appends(keras.layers.Layer):
        def __init__(self, sizes: list[int], inner: Any, **kwargs: Any) -> None:
            sizes.append(5)
            super().__init__(**kwargs)
            self.inner = inner

        def call(self, inputs: Any) -> Any:
            return self.inner(inputs)

    what = case(sizes=[1], inner=ObjectTag("keras.layers.Dense", {"units": 2}, MARK))
    one, other = made(Appends, what), made(Appends, what)
    assert one.arguments["sizes"] == other.arguments["sizes"] == ListValue("list", (1,))
    assert one.layer.inner is not other.layer.inner
    assert what.init["sizes"] == [1]


class Drawn(keras.layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.drawn = [float(np.random.normal()), float(keras.random.normal(()))]
        self.dense = keras.layers.Dense(2)
        self.dropout = keras.layers.Dropout(0.5)

    def call(self, inputs: Any) -> Any:
        return self.dropout(self.dense(inputs), training=True)


def test_what_is_random_depends_on_the_seed_alone() -> None:
    one, again, other = (made(Drawn, case(), seed).layer for seed in (0, 0, 1))
    assert list(one.drawn) == list(again.drawn)
    assert not set(one.drawn) & set(other.drawn)
    assert np.array_equal(one.dense.kernel, again.dense.kernel)
    assert not np.array_equal(one.dense.kernel, other.dense.kernel)


def test_the_data_depend_on_their_own_seed() -> None:
    one, other = made(Scale, case(), 0), made(Scale, case(), 1)
    assert np.array_equal(one.inputs.args[0], other.inputs.args[0])
    again = build(Scale, case(), 0, data_seed=1)
    assert not np.array_equal(one.inputs.args[0], again.inputs.args[0])


def test_automatic_names_start_anew() -> None:
    names = [made(Drawn, case()).layer.dense.name for _ in range(2)]
    assert names == ["dense", "dense"]


def test_the_first_call_moves_no_seed_generator() -> None:
    class Seeded(Drawn):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.generator = keras.random.SeedGenerator(7)

        def call(self, inputs: Any) -> Any:
            return inputs + keras.random.normal((), seed=self.generator)

    called, fresh = made(Seeded, case()).layer, construct(Seeded, case(), 0, data_seed=0).layer
    assert np.array_equal(called.generator.state.numpy(), fresh.generator.state.numpy())


def test_preparations_come_before_the_call_and_on_a_built_layer() -> None:
    class Prepared(Scale):
        def measure(self, data: Any, *, by: int) -> None:
            self.measured = (self.built, tuple(data.shape), by)

    steps = (Preparation("measure", (Leaf(shape=(8, 4)),), {"by": 2}),)
    layer = made(Prepared, case(prepare=steps)).layer
    assert tuple(layer.measured) == (True, (8, 4), 2)


def test_adapt_builds_from_its_own_data() -> None:
    steps = (Preparation("adapt", (Leaf(shape=(50, 3)),)),)
    layer = made(keras.layers.Normalization, case(prepare=steps)).layer
    assert list(walk(layer).variables) == ["adapt_mean", "adapt_variance", "count"]
    assert not np.allclose(layer.mean, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SequenceMask", "sequence_mask"),
        ("TCN", "tcn"),
        ("LSTMCell2D", "lstm_cell2_d"),
        ("_Private", "private"),
        ("lower", "lower"),
        ("Größe", "größe"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert snake_case(name) == expected


def test_guarded_passes_arguments_and_results_through() -> None:
    assert guarded("step", dict, a=1) == {"a": 1}
    with pytest.raises(BuildError) as caught:
        guarded("outer", guarded, "inner", sys.exit, 3)
    assert (caught.value.failure.step, caught.value.failure.error.message) == ("inner", "3")


def test_a_call_on_tensors_that_carry_masks() -> None:
    seen: list[Any] = []

    class Sees(keras.layers.Layer):
        def call(self, inputs: Any, mask: Any = None) -> Any:
            seen.append(mask)
            return inputs

    made(Sees, case(Leaf(shape=(2, 4, 3), mask=Leaf(shape=(2, 4), dtype="bool"))))
    assert [tf.is_tensor(mask) for mask in seen] == [True]


class RaisesOnce(keras.layers.Layer):
    """Raises in its first call only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.called = False

    def call(self, inputs: Any) -> Any:
        if not self.called:
            self.called = True
            raise ValueError("not yet")
        return inputs


class HoldsItself(keras.layers.Layer):
    """Keras raises where it looks for the parts of its parts, before the call has begun."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parts = [self]

    def call(self, inputs: Any) -> Any:
        return inputs


@pytest.mark.parametrize("cls", [RaisesOnce, HoldsItself])
def test_a_layer_that_raised_is_not_called_again(cls: type) -> None:
    for _ in range(2):
        with pytest.raises(BuildError) as caught:
            build(cls, case(), 0, data_seed=0, used=True)
        assert caught.value.failure.step == "call"
