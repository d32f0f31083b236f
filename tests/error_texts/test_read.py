"""From texts to an ErrorInfo; that nobody else makes one or reads texts."""

from __future__ import annotations

import pickle
import re

import pytest

from maskcheck.error_texts.kinds import KINDS
from maskcheck.error_texts.read import read_error
from maskcheck.model.error import ErrorKind
from tests.paths import ROOT

PACKAGE = ROOT / "maskcheck"
MISSING = "Scale.__init__() missing 2 required positional arguments: 'units' and 'rate'"


def test_the_cause_comes_before_the_message() -> None:
    error = read_error("TypeError", f"could not be read, safe_mode, lambda: {MISSING}", "out of scope")
    assert [meaning.kind for meaning in error.meanings] == [
        ErrorKind.TENSOR_OUT_OF_SCOPE,
        ErrorKind.MISSING_ARGUMENT,
        ErrorKind.LAMBDA_REFUSED,
    ]
    assert error.kind is ErrorKind.TENSOR_OUT_OF_SCOPE
    missing = error.meaning(ErrorKind.NO_CAST, ErrorKind.MISSING_ARGUMENT)
    assert missing is not None
    assert (missing.get("class"), missing.names) == ("Scale", ("units", "rate"))
    assert error.meaning(ErrorKind.NO_CAST) is None


def test_an_error_that_says_nothing_known() -> None:
    error = read_error("ValueError", "no")
    assert (error.kind, error.meanings) == (ErrorKind.UNKNOWN, ())


def test_words_of_the_message_and_of_the_cause_are_kept_apart() -> None:
    error = read_error("ValueError", "`size` is wrong", "units=3")
    assert (error.words, error.cause_words) == ({"size", "is", "wrong"}, {"units", "3"})


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("no", "no"),
        ("could not be read.\n\nException encountered: no", "no"),
        ("Exception encountered when calling Scale.call().\n\n\x1b[1mno\x1b[0m\n\nArguments received", "no"),
    ],
)
def test_the_sentence_is_what_keras_wraps(message: str, sentence: str) -> None:
    assert read_error("ValueError", message).sentence == sentence


@pytest.mark.parametrize(
    ("text", "registered", "name"),
    [
        ("Could not locate class 'Mine'.", "Mine", "Mine"),
        ("Could not locate class 'pkg>Mine'.", "pkg>Mine", "Mine"),
        ("Could not locate function 'my.pkg>mine'.", "my.pkg>mine", "mine"),
        ("Could not locate function '<lambda>'.", "<lambda>", ""),
        ("Unknown layer: 'NotEqual'. Please", "NotEqual", "NotEqual"),
        ("Unknown layer: Mine", "Mine", "Mine"),
    ],
)
def test_unknown_objects(text: str, registered: str, name: str) -> None:
    found = read_error("ValueError", text).meaning(ErrorKind.UNKNOWN_OBJECT)
    assert found is not None
    assert (found.get("registered"), found.get("name")) == (registered, name)


def test_an_error_travels_between_processes() -> None:
    error = read_error("TypeError", MISSING, file="a.py", line=3, raised_by="pkg.Scale")
    assert pickle.loads(pickle.dumps(error)) == error


def test_each_kind_has_a_row_and_a_sentence() -> None:
    assert {row.kind for row in KINDS} | {ErrorKind.UNKNOWN} == set(ErrorKind)
    assert len({kind.value for kind in ErrorKind}) == len(ErrorKind)


def test_errors_are_made_where_their_texts_are_read() -> None:
    made = re.compile(r"(?<!class )\bErrorInfo\(")
    files = [file for file in PACKAGE.rglob("*.py") if made.search(file.read_text("utf-8"))]
    assert files == [PACKAGE / "error_texts" / "read.py"]
