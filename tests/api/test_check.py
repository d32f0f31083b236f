"""Checking layers in this very process."""

from __future__ import annotations

import linecache
import os
import sys
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import maskcheck
from tests.api.layers import INPUTS, Around, Drawn, Forgetful, Scale

QUICK = ("config", "keras", "weights")


def codes(report: maskcheck.LayerReport) -> list[str]:
    return [finding.rule for finding in report.findings]


def reason(report: maskcheck.LayerReport, rule: str, route: str) -> str:
    return next(c.reason for c in report.checks if (c.rule, c.route) == (rule, route))


@pytest.fixture(scope="module")
def good() -> maskcheck.LayerReport:
    return maskcheck.check(Scale(2.0), INPUTS, routes=QUICK)


@pytest.fixture(scope="module")
def bad() -> maskcheck.LayerReport:
    return maskcheck.check(Forgetful(2.0), INPUTS, routes=QUICK)


def test_a_good_layer_conforms(good: maskcheck.LayerReport) -> None:
    assert (good.conforms, codes(good), good.errors) == (True, [], ())
    assert "factor" in good.proven
    assert good.routes == QUICK


def test_a_lost_argument_is_named(bad: maskcheck.LayerReport) -> None:
    assert not bad.conforms
    assert [(f.rule, f.subject, f.before, f.after) for f in bad.errors] == [("MC101", "factor", "2.0", "1.0")]
    assert bad.errors[0].file == __file__.replace("test_check", "layers")


def test_a_class_is_checked_as_in_a_scan(bad: maskcheck.LayerReport) -> None:
    given = maskcheck.check(Forgetful, INPUTS, init={"factor": 2.0}, routes="config")
    inferred = maskcheck.check(Forgetful, routes="config")
    assert codes(given) == codes(inferred) == codes(bad)
    assert inferred.inferred.strip().startswith("Forgetful:")
    assert (given.id, given.cases) == ("tests.api.layers.Forgetful", (("default", "given"),))


@pytest.mark.parametrize("build", [False, True])
@pytest.mark.parametrize("cls", [Scale, Forgetful])
def test_the_layer_is_as_it_was(cls: type[Scale], build: bool) -> None:
    layer = cls(2.0)
    if build:
        layer(INPUTS)
        layer.bias.assign([1.0, np.nan, -3.0])
    attributes, values = dict(vars(layer)), [weight.numpy() for weight in layer.weights]
    calls = layer.seen["calls"]
    maskcheck.check(layer, INPUTS, routes="keras")
    assert vars(layer).keys() == attributes.keys()
    assert all(vars(layer)[name] is value for name, value in attributes.items())
    assert (layer.built, layer.seen["calls"], calls) == (build, calls, [int(build)])
    after = [weight.numpy() for weight in layer.weights]
    assert all(map(lambda a, b: np.array_equal(a, b, equal_nan=True), after, values))
    assert layer(INPUTS).shape == (2, 3)


def test_the_process_is_as_it_was() -> None:
    keras.utils.set_random_seed(4)
    expected = np.random.rand(), float(keras.random.uniform(())), float(tf.random.uniform(()))
    names = keras.layers.Dense(1).name, keras.layers.Dense(1).name
    keras.utils.set_random_seed(4)
    before = os.getcwd(), dict(os.environ), keras.config.floatx(), sorted(keras.saving.get_custom_objects())
    maskcheck.check(Forgetful, INPUTS, init={"factor": 2.0}, routes="config")
    assert (
        os.getcwd(),
        dict(os.environ),
        keras.config.floatx(),
        sorted(keras.saving.get_custom_objects()),
    ) == before
    assert (np.random.rand(), float(keras.random.uniform(())), float(tf.random.uniform(()))) == expected
    assert keras.layers.Dense(1).name not in names


def test_the_layer_is_put_back_when_the_check_is_broken_off() -> None:
    class Broken(Scale):
        def call(self, inputs: Any) -> Any:
            if self.steps.numpy() or self.bias.numpy().any():
                raise SystemError
            return super().call(inputs)

    layer = Broken(2.0)
    layer(INPUTS)
    layer.steps.assign(0.0)
    maskcheck.check(layer, INPUTS, routes="config")
    assert not layer.bias.numpy().any()
    assert layer.steps.numpy() == 0.0


def test_zero_weights_do_not_come_back_by_luck() -> None:
    class Unsaved(Scale):
        def save_own_variables(self, store: Any) -> None:
            store["0"] = self.steps.numpy()

        def load_own_variables(self, store: Any) -> None:
            self.steps.assign(store["0"])

    report = maskcheck.check(Unsaved(2.0), INPUTS, routes="keras")
    assert any(f.subject == "bias" for f in report.errors)


def test_arguments_that_keras_does_not_note_can_be_told() -> None:
    layer = Around(keras.activations.relu)
    unknown = maskcheck.check(layer, INPUTS, routes=QUICK)
    assert unknown.conforms
    assert [argument.name for argument in unknown.unproven] == ["function"]
    assert "init" in reason(unknown, "MC301", "weights")
    told = maskcheck.check(layer, INPUTS, init={"function": keras.activations.relu}, routes=QUICK)
    assert told.conforms
    assert "function" in told.proven
    assert reason(told, "MC301", "weights") == ""


def test_no_arguments_can_be_told_as_well() -> None:
    class Usual(Around):
        def __init__(self, function: Any = keras.activations.relu, **kwargs: Any) -> None:
            super().__init__(function, **kwargs)

    assert maskcheck.check(Usual(), INPUTS, routes="config").proven == ()
    assert "function" in maskcheck.check(Usual(), INPUTS, init={}, routes="config").proven


def test_a_layer_changed_since_is_not_made_anew() -> None:
    layer = Scale(2.0)
    layer.factor = 3.0
    report = maskcheck.check(layer, INPUTS, routes=QUICK)
    assert report.conforms
    assert "behaves otherwise" in reason(report, "MC301", "weights")


@pytest.mark.parametrize("seed", [0, 1, 2, 42])
def test_what_was_drawn_under_a_usual_seed_is_not_drawn_again(seed: int) -> None:
    np.random.seed(seed)
    assert codes(maskcheck.check(Drawn(), INPUTS, routes="config")) == ["MC202"]


def test_inputs_may_be_nested_and_carry_masks() -> None:
    class Pair(keras.layers.Layer):
        def call(self, inputs: Any, shift: Any = None) -> Any:
            return inputs["a"] + inputs["b"] + shift

        def compute_mask(self, inputs: Any, previous: Any) -> Any:
            return previous["a"]

    masked = tf.constant(INPUTS)
    masked._keras_mask = tf.constant([[True, False, True], [True, True, False]])
    report = maskcheck.check(
        Pair(), {"a": masked, "b": INPUTS.astype("float64")}, call={"shift": INPUTS}, routes="config"
    )
    assert codes(report) == ["MC603"]


def test_what_was_set_after_construction_is_lost_and_not_unstable() -> None:
    class Adapted(Scale):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.shift = 0.0

        def call(self, inputs: Any) -> Any:
            return super().call(inputs) + self.shift

    layer = Adapted()
    layer.shift = 5.0
    report = maskcheck.check(layer, INPUTS, routes="config,keras", ignore="MC603")
    assert [(f.rule, f.subject) for f in report.findings] == [("MC201", "shift")]


def test_cells_of_a_notebook_have_source(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "class Cell(Scale):\n",
        "    def get_config(self):\n",
        "        return keras.layers.Layer.get_config(self)\n",
    ]
    name = "/nowhere/cell.py"
    monkeypatch.setitem(linecache.cache, name, (1, None, lines, name))
    names: dict[str, Any] = {"__name__": "__main__", "Scale": Scale, "keras": keras}
    exec(compile("".join(lines), name, "exec"), names)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    report = maskcheck.check(names["Cell"](2.0), INPUTS, routes="config")
    assert (report.id, report.file, report.line) == ("__main__.Cell", name, 1)
    assert [(f.rule, f.file, f.line) for f in report.errors] == [("MC101", name, 3)]


def test_a_trained_model_trains_on() -> None:
    model = keras.Sequential([keras.layers.Dense(2), Scale(2.0)])
    model.compile("adam", "mse")
    model.fit(INPUTS, INPUTS[:, :2], verbose=0)
    steps, weights = model.optimizer.iterations.numpy(), model.get_weights()
    assert maskcheck.check(model, INPUTS, routes="keras").conforms
    assert maskcheck.check(model.layers[1], INPUTS[:, :2], routes="keras").conforms
    assert model.optimizer.iterations.numpy() == steps
    assert all(map(np.array_equal, model.get_weights(), weights))
    model.fit(INPUTS, INPUTS[:, :2], verbose=0)


def test_assertion_shows_the_report() -> None:
    maskcheck.assert_round_trip(Scale(2.0), INPUTS, routes="config")
    with pytest.raises(AssertionError) as caught:
        maskcheck.assert_round_trip(Forgetful(2.0), INPUTS, routes="config")
    first, second, *_ = str(caught.value).splitlines()
    assert first == "MC101 argument-missing: factor"
    assert second.startswith("✗ Forgetful")
    assert '-  "factor": 2.0,' in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((3,), {}, "an object of type int is neither a layer of Keras nor a class of layers"),
        ((dict,), {}, "dict is neither"),
        ((Scale(),), {}, "inputs are missing"),
        ((Scale,), {"init": {"factor": 2.0}}, "inputs are missing"),
        ((Scale(), INPUTS), {"init": {"factr": 2.0}}, "Scale refuses what init says"),
        ((Scale, INPUTS), {"init": {"factor": Scale()}}, r"init\['factor'\] holds a Scale"),
        ((Scale, keras.Input((3,))), {}, "an input is symbolic"),
        ((Scale, INPUTS), {"routes": "fresh"}, "ends in another process"),
        ((Scale, INPUTS), {"device": "gpu:7"}, "no device 'gpu:7'"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    arguments: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(maskcheck.MaskcheckError, match=message):
        maskcheck.check(*arguments, **options)


def test_nothing_is_checked_while_a_graph_is_built() -> None:
    refused = pytest.raises(maskcheck.MaskcheckError, match="while a graph is built")
    with tf.Graph().as_default(), refused:
        maskcheck.check(Scale, INPUTS)
