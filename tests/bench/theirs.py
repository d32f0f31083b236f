"""The side of Keras: ``run_layer_test`` on the cases of the same spec."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import keras
from keras.src import testing

from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.layer.spec_values import live
from maskcheck.model.case import Case, LayerSpec
from maskcheck.specfile.read.load import load_spec
from tests.bench.clock import ROOT
from tests.bench.ours import SPEC

SEED = 0


@dataclass(frozen=True)
class LayerTests:
    """Seconds and number of cases by class name, and why classes were refused."""

    layers: dict[str, float]
    cases: dict[str, int]
    refused: dict[str, str]


def layer_tests() -> LayerTests:
    """Run Keras' own test on every case; a class counts if all of its cases pass it."""
    found = LayerTests({}, {}, {})
    for layer in load_spec(str(ROOT / SPEC)).layers:
        if layer.skip is not None:
            continue
        try:
            found.layers[layer.name] = sum(_seconds(layer, case) for case in layer.cases)
            found.cases[layer.name] = len(layer.cases)
        except Exception as error:
            found.refused[layer.name] = f"{type(error).__name__}: {error}".splitlines()[0]
    return found


def _seconds(layer: LayerSpec, case: Case) -> float:
    arguments = _arguments(layer, case)
    tests = testing.TestCase()
    start = time.perf_counter()
    tests.setUp()
    tests.run_layer_test(getattr(keras.layers, layer.name), **arguments)
    return time.perf_counter() - start


def _arguments(layer: LayerSpec, case: Case) -> dict[str, Any]:
    """Return what ``run_layer_test`` takes: one input, no preparation.

    Raises:
        ValueError: the case needs more.
    """
    if len(case.args) != 1 or case.prepare:
        raise ValueError("the case has several positional arguments, or a preparation")
    (data,), call = call_inputs(case, SEED).fresh()
    init = {name: live(value, f"init.{name}", SEED) for name, value in case.init.items()}
    return {"init_kwargs": init, "input_data": data, "call_kwargs": call}
