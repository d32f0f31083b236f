"""What error messages ask for."""

from __future__ import annotations

import pytest

from maskcheck.lab.infer.messages import (
    Message,
    asked_arguments,
    lacks_module,
    list_length,
    missing_arguments,
    offered_words,
    read_message,
    replaced,
    unequal_sizes,
    unexpected_arguments,
    wanted_keys,
    wanted_kinds,
    wanted_numbers,
)


def said(text: str) -> Message:
    return read_message(ValueError(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("__init__() missing 1 required positional argument: 'units'", ("units",)),
        ("f() missing 2 required positional arguments: 'a' and 'b'", ("a", "b")),
        ("f() missing 1 required keyword-only argument: 'k'", ("k",)),
        ("units is missing", ()),
    ],
)
def test_missing_arguments(text: str, names: tuple[str, ...]) -> None:
    assert missing_arguments(said(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("f() got an unexpected keyword argument 'a'", ("a",)),
        ("Unrecognized keyword arguments passed to Dense: {'a': 1, 'b': 2}", ("a", "b")),
        ("what is this?", ()),
    ],
)
def test_unexpected_arguments(text: str, names: tuple[str, ...]) -> None:
    assert unexpected_arguments(said(text)) == names


def test_asked_arguments() -> None:
    assert asked_arguments(said("Please provide `units=` or size= for this.")) == ("units", "size")
    assert asked_arguments(said("Received: units=3")) == ()
    assert asked_arguments(said("units=")) == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("expects a dict with keys 'a' and 'b'", ("a", "b")),
        ('Inputs should be a dictionary: {"images": .., "labels": ..}', ("images", "labels")),
        ("expects 'a' and 'b'", ()),
    ],
)
def test_wanted_keys(text: str, keys: tuple[str, ...]) -> None:
    assert wanted_keys(said(text)) == keys


def test_the_key_that_is_missing() -> None:
    assert read_message(KeyError("a")).key == "a"
    assert read_message(KeyError("not a name")).key == ""
    assert read_message(KeyError(3)).key == ""
    assert read_message(KeyError()).key == ""
    assert read_message(ValueError("a")).key == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mode must be one of 'sum', \"mean\" or `max`", ("sum", "mean", "max")),
        ("Unknown mode: 'a'. Supported: ['sum', 'sum']", ("a", "sum")),
        ("Unknown mode: 'a'", ()),
    ],
)
def test_offered_words(text: str, words: tuple[str, ...]) -> None:
    assert offered_words(said(text)) == words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'int' object is not iterable", "sequence"),
        ("object of type 'int' has no len()", "sequence"),
        ("cannot unpack non-iterable int object", "sequence"),
        ("size should be a tuple", "sequence"),
        ("'float' object cannot be interpreted as an integer", "integer"),
        ("units must be a positive integer", "integer"),
        ("rate must lie between 0 and 1", "number"),
        ("'int' object has no attribute 'state_size'", "cell"),
        ("'int' object has no attribute 'compute_output_shape'", "layer"),
        ("Please initialize with a `Layer` instance", "layer"),
        ("'int' object is not callable", "callable"),
        ("'int' object has no attribute 'lower'", "text"),
        ("'int' object has no attribute 'items'", "mapping"),
        ("argument after ** must be a mapping, not int", "mapping"),
        ("'int' object has no attribute 'shape'", "array"),
        ("expected a boolean", "flag"),
    ],
)
def test_wanted_kinds(text: str, kind: str) -> None:
    assert kind in wanted_kinds(said(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("kernel size must be odd", (3,)),
        ("must be divisible by 8", (2, 4, 8, 9, 7)),
        ("must be greater than 4", (4, 5, 3)),
        ("version 2.15 is old", ()),
        ("must be positive, not -1", ()),
    ],
)
def test_wanted_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert wanted_numbers(said(text)) == numbers


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Dimensions must be equal, but are 8 and 5 for 'MatMul'", ((8, 5),)),
        ("Matrix size-incompatible: In[0]: [10,8], In[1]: [3,4]", ((8, 3),)),
        ("Incompatible shapes: [2,5,8] vs. [2,8]", ((5, 2),)),
        ("required broadcastable shapes (2, 5) and (2, 7)", ((5, 7),)),
        ("Dimension 1 in both shapes must be equal: shape[0] = [2,25,8] vs. shape[1] = [2,5,8]", ((25, 5),)),
        ("Incompatible shapes: [2,1,8] vs. [2,5,8]", ()),
        ("something else", ()),
    ],
)
def test_unequal_sizes(text: str, pairs: tuple[tuple[int, int], ...]) -> None:
    assert unequal_sizes(said(text)) == pairs


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("not enough values to unpack (expected 3, got 2)", 3),
        ("too many values to unpack (expected 2)", 2),
        ("must be a tuple of 3 integers", 3),
        ("should have 4 elements", 4),
        ("should be larger", None),
    ],
)
def test_list_length(text: str, length: int | None) -> None:
    assert list_length(said(text)) == length


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("No module named 'scipy'", True),
        ("This requires the scipy module. You can install it via `pip install scipy`", True),
        ("the module has no such name", False),
    ],
)
def test_lacks_module(text: str, lacks: bool) -> None:
    assert lacks_module(said(text)) is lacks


def test_replaced() -> None:
    assert replaced({"a": 1, "b": 2}, "a") == {"b": 2}


def test_a_message_that_is_not_there_or_cannot_be_read() -> None:
    class Speechless(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no words")

    assert read_message(None) == Message()
    speechless = read_message(Speechless())
    assert speechless.text == "(a Speechless whose text cannot be read)"
    assert (speechless.meanings, speechless.requests) == ((), ())


def test_what_keras_adds_to_a_message_is_no_part_of_it() -> None:
    head, tail = "Exception encountered when calling Picky.call().", "Arguments received by Picky.call(): x=2"
    assert said(f"{head}\n\n\x1b[1mno\x1b[0m\n\n{tail}").text == "no"
