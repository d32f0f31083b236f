"""Whatever a layer does when it is looked at, checking it here raises MaskcheckError only."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import maskcheck
from maskcheck.errors import InternalFault, UsageError
from maskcheck.lab.in_process import check as in_process
from tests.lab.hostile import REFUSING

INPUTS = np.ones((2, 3), "float32")


class Plain(keras.layers.Layer):
    def call(self, inputs: Any) -> Any:
        return inputs * 2.0


class WeightsRaise(Plain):
    @property
    def weights(self) -> Any:
        raise ValueError("ask later")


class TrainableRaises(Plain):
    """Cannot even be frozen: Keras sets it in the constructor."""

    @property
    def trainable(self) -> bool:
        raise ValueError("never asked")

    @trainable.setter
    def trainable(self, value: bool) -> None:
        pass


class HoldsItself(Plain):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.again = [self]


class HoldsAll(Plain):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        vars(self)["held"] = [kind() for kind in REFUSING]


class NeverCallsSuper(Plain):
    def __init__(self) -> None:
        pass


class Leaves(BaseException):
    pass


class LeavesByItsOwn(Plain):
    def call(self, inputs: Any) -> Any:
        raise Leaves


class Deep(Plain):
    """Holds a chain of layers that is longer than Python's stack is deep."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        link = None
        for _ in range(400):
            following, link = link, Plain()
            vars(link)["following"] = following
        vars(self)["link"] = link


HOSTILE = (WeightsRaise, TrainableRaises, HoldsItself, HoldsAll, NeverCallsSuper, LeavesByItsOwn, Deep)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_class_gets_a_report(kind: type) -> None:
    report = maskcheck.check(kind, INPUTS, routes=("config",), probe=False)
    assert "MC005" not in {finding.rule for finding in report.findings}
    assert all(finding.message for finding in report.findings)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_layer_gets_a_report_or_says_why_not(kind: type) -> None:
    with suppress(UsageError):
        report = maskcheck.check(kind(), INPUTS, routes=("config",), probe=False)
        assert "MC005" not in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("kind", REFUSING)
def test_what_is_no_layer_is_refused(kind: type) -> None:
    with pytest.raises(UsageError, match="neither a layer of Keras nor a class of layers"):
        maskcheck.check(kind(), INPUTS)


def test_what_a_layer_says_when_it_is_called_is_its_own() -> None:
    report = maskcheck.check(LeavesByItsOwn, INPUTS, routes=("config",), probe=False)
    (finding,) = report.findings
    assert (finding.rule, finding.subject) == ("MC004", "call")
    assert "the first call raised Leaves" in finding.message


def test_a_fault_of_our_own_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process, "_add_case", None)
    with pytest.raises(InternalFault, match="a fault of maskcheck, not of the layer: TypeError"):
        maskcheck.check(Plain, INPUTS)


def test_tensors_stay_eager() -> None:
    assert tf.executing_eagerly()
