"""Models compiled, trained on one batch, and looked at."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.compare.values import compare
from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.routes.support.compile_arguments import list_ways
from maskcheck.lab.routes.support.compiled import STATE, CannotTrain, read_compiled_state, train_on_batch
from maskcheck.model.case import Case, Leaf
from maskcheck.model.value import ABSENT, DictValue, ListValue, Value
from tests.lab.layers import Small

INPUT = Leaf(shape=(2, 3))


def inputs(*args: Any, **call: Any) -> CallInputs:
    return call_inputs(Case("plain", args=args or (INPUT,), call=call), 0)


def state(model: Any) -> dict[Any, Value]:
    compiled = read_compiled_state(model, {}).compiled
    assert isinstance(compiled, DictValue)
    return dict(compiled.items)


def test_a_trained_model_has_moments_and_steps() -> None:
    model = Small()
    assert state(model) == {STATE: ABSENT}
    train_on_batch(model, inputs(), 0)
    found = state(model)
    assert found["loss"] == "mse"
    optimizer: Any = found[STATE]
    assert isinstance(optimizer, ListValue)
    assert optimizer.items[0].array == 1
    assert len(optimizer.items) == 2 + 2 * len(model.trainable_weights)
    assert all(item.array.any() for item in optimizer.items)


def test_what_a_model_was_compiled_with_is_kept() -> None:
    model = Small()
    model.compile("sgd", "mae")
    train_on_batch(model, inputs(), 0)
    assert state(model)["loss"] == "mae"
    assert type(model.optimizer) is keras.optimizers.SGD


def test_training_is_seeded() -> None:
    first, second = Small(), Small()
    for model in (first, second):
        model(inputs().args[0])
    second.set_weights(first.get_weights())
    for model in (first, second):
        train_on_batch(model, inputs(), 0)
    left, right = (state(model) for model in (first, second))
    assert not compare(left[STATE], right[STATE])


def test_a_training_step_of_its_own_is_used() -> None:
    steps = []

    class Own(Small):
        def train_step(self, data: Any) -> Any:
            steps.append(len(data))
            return super().train_step(data)

    train_on_batch(Own(), inputs(), 0)
    assert steps == [3]


class Counts(Small):
    def call(self, inputs: Any) -> Any:
        return keras.ops.cast(self.dense(inputs), "int32")


class Demands(Small):
    def compile(self, teacher: Any) -> None:
        super().compile()


@pytest.mark.parametrize(
    ("model", "given", "reason"),
    [
        (Small(), inputs(INPUT, INPUT), "hands one argument"),
        (Small(), inputs(INPUT, factor=2.0), "hands one argument"),
        (Counts(), inputs(), "the outputs are no floats"),
        (Demands(), inputs(), "training on one batch raises ValueError"),
    ],
)
def test_why_a_model_cannot_be_trained(model: Any, given: CallInputs, reason: str) -> None:
    with pytest.raises(CannotTrain, match=reason):
        train_on_batch(model, given, 0)


def test_a_compile_config_that_raises_is_part_of_the_state() -> None:
    class Raises(Small):
        def get_compile_config(self) -> Any:
            raise KeyError("no")

    assert state(Raises())["get_compile_config"] == "raises KeyError"


class Weighted(Small):
    """Takes more to be compiled than Keras does."""

    def compile(
        self, optimizer: Any, metrics: Any, own_loss: Any, alpha: float = 0.5, **options: Any
    ) -> None:
        super().compile(optimizer, own_loss, metrics=metrics)
        self.alpha = alpha


def test_arguments_of_its_own_get_other_values() -> None:
    first, last = list_ways(Weighted())
    assert first["metrics"] == []
    assert first["alpha"] not in (0.5, None)
    assert "alpha" not in last
    assert isinstance(last["own_loss"], keras.losses.Loss)
