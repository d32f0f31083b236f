"""Exceptions of user code as plain data."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.lab.layer.error_info import error_info
from maskcheck.model.error import ErrorKind


def caught(function: Callable[[], Any]) -> BaseException:
    with pytest.raises(BaseException) as found:  # noqa: PT011
        function()
    return found.value


def line_of(error: BaseException, name: str) -> int:
    """Return the line in the function ``name`` that the error passed."""
    return next(f.lineno for f in traceback.extract_tb(error.__traceback__) if f.name == name and f.lineno)


def plain() -> None:
    raise ValueError("plain words")


def chained() -> None:
    try:
        plain()
    except ValueError as error:
        raise RuntimeError("outer") from error


def silenced() -> None:
    try:
        plain()
    except ValueError:
        raise RuntimeError("outer") from None


def during() -> None:
    try:
        plain()
    except ValueError:
        json.loads("{")


def test_an_exception_with_its_place() -> None:
    error = caught(plain)
    info = error_info(error)
    assert (info.type, info.message, info.cause) == ("ValueError", "plain words", "")
    assert (info.file, info.line) == (__file__, line_of(error, "plain"))
    assert "plain words" in info.traceback


@pytest.mark.parametrize(
    ("function", "cause"), [(chained, "plain words"), (silenced, ""), (during, "plain words")]
)
def test_the_innermost_cause(function: Callable[[], None], cause: str) -> None:
    info = error_info(caught(function))
    assert info.cause == cause
    assert info.file == __file__


def test_the_place_is_the_last_in_user_code() -> None:
    def broken(_: Any) -> Any:
        return tf.constant([1.0]) + tf.constant(["text"])

    error = caught(lambda: keras.layers.Lambda(broken)(tf.ones(2)))
    assert (error_info(error).file, error_info(error).line) == (__file__, line_of(error, "broken"))


def test_code_without_a_file() -> None:
    assert error_info(caught(lambda: int("x"))).file == __file__
    error = ValueError("made, not raised")
    assert (error_info(error).file, error_info(error).line) == (None, None)


class Speechless(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not comparable")

    __hash__ = Exception.__hash__


def test_an_exception_that_cannot_be_read() -> None:
    error = Speechless()
    error.__cause__ = Speechless()
    assert error_info(error).message == "(a Speechless whose text cannot be read)"


def test_exceptions_that_cause_each_other() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert error_info(one).cause == "other"


def test_a_long_traceback_is_cut_at_its_beginning() -> None:
    def deep(depth: int) -> int:
        return deep(depth - 1) // (depth - 1) if depth else json.loads("words " * 3000)

    text = error_info(caught(lambda: deep(40))).traceback
    assert 0 < len(text) <= 6000
    assert "JSONDecodeError" in text


def test_a_message_is_the_same_in_every_run() -> None:
    error = TypeError(f"<mine.Layer object at {id(plain):#x}> could not be read at 0x10")
    assert error_info(error).message == "<mine.Layer object> could not be read at 0x10"


def test_what_an_error_means_is_read_when_it_is_caught() -> None:
    def call() -> None:
        silenced(3)  # type: ignore[call-arg]

    def unexpected() -> None:
        silenced(turns=3)  # type: ignore[call-arg]

    assert error_info(caught(call)).kind is ErrorKind.UNKNOWN
    info = error_info(caught(unexpected))
    assert (info.kind, info.meanings[0].names) == (ErrorKind.UNEXPECTED_ARGUMENT, ("turns",))
    assert {"turns", "keyword"} <= info.words


class Plain:
    """An object of the user's, no layer."""

    def fail(self) -> None:
        raise ValueError("no")

    def fail_below(self) -> None:
        json.loads("{")

    @classmethod
    def fail_as_a_class(cls) -> None:
        raise ValueError("no")


class Layer(keras.layers.Layer):
    """Fails in a method that it inherits, and in an object that it holds."""

    def build(self, input_shape: Any) -> None:
        self.scale = self.add_weight(shape=(-1,))

    def call(self, inputs: Any) -> Any:
        return Plain().fail()


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (plain, ""),
        (Plain().fail, "Plain"),
        (Plain().fail_below, "Plain"),
        (Plain.fail_as_a_class, "Plain"),
        (lambda: Layer().build((2, 3)), "Layer"),
        (lambda: Layer()(tf.ones((2, 3))), "Layer"),
        (lambda: Layer().call(1.0), "Plain"),
        (lambda: keras.layers.Dense(2)(1.0, 2.0, 3.0), "keras.src.layers.core.dense.Dense"),
    ],
)
def test_the_class_whose_frame_raised(function: Callable[[], Any], name: str) -> None:
    own = name if "." in name or not name else f"{__name__}.{name}"
    assert error_info(caught(function)).raised_by == own


class Secretive(type):
    def __getattribute__(cls, name: str) -> Any:
        raise RuntimeError("it tells nothing")


class Hostile(metaclass=Secretive):
    @property
    def __class__(self) -> Any:
        raise RuntimeError("no class")

    def __getattribute__(self, name: str) -> Any:
        raise ValueError("no")


def test_a_class_that_does_not_tell_its_name() -> None:
    assert "Hostile" in error_info(caught(lambda: Hostile().anything)).raised_by
