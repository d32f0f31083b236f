"""The table of errors against the libraries installed: each row reads what one of them really says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from maskcheck.error_texts.kinds import KINDS
from maskcheck.error_texts.read import read_error
from maskcheck.error_texts.row import KERAS_2
from maskcheck.lab.layer.error_info import error_info
from maskcheck.lab.process.quiet import quiet
from maskcheck.model.error import ErrorInfo, ErrorKind
from tests.lab.layer.provoked import PROVOCATIONS
from tests.paths import ROOT

# What was said: the kind that it should have, whose words they are, and the error.
Said = tuple[ErrorKind, str, ErrorInfo]


def _info(function: Callable[[], Any]) -> ErrorInfo:
    with quiet(), pytest.raises(Exception) as raised:  # noqa: PT011
        function()
    return error_info(raised.value)


@pytest.fixture(scope="module")
def said() -> list[Said]:
    """What the libraries of this process say."""
    return [(kind, said_by, _info(function)) for kind, said_by, function in PROVOCATIONS]


@pytest.fixture(scope="module")
def said_by_keras2() -> list[Said]:
    """What Keras 2 says, which a process of its own has."""
    pytest.importorskip("tf_keras", reason="Keras 2 is not installed")
    command = [sys.executable, "-m", "tests.lab.layer.provoked_keras2"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return [(ErrorKind[kind], KERAS_2, read_error(*texts)) for kind, *texts in json.loads(done.stdout)]


def _misread(said: list[Said]) -> list[Said]:
    return [(kind, said_by, error) for kind, said_by, error in said if not error.meaning(kind)]


def _silent(said: list[Said], libraries: Iterable[str]) -> list[tuple[str, str]]:
    """Return the rows that read nothing of what was said by a library whose words they know."""
    spoken = {
        (row.pattern, said_by)
        for row in KINDS
        for kind, said_by, error in said
        if kind is row.kind and any(row.read(error.message, error.type))
    }
    return [
        (row.pattern, library)
        for row in KINDS
        for library in row.said_by
        if library in libraries and (row.pattern, library) not in spoken
    ]


def test_each_error_is_of_the_kind_it_was_provoked_for(said: list[Said]) -> None:
    assert _misread(said) == []


def test_each_row_reads_what_the_libraries_installed_say(said: list[Said]) -> None:
    libraries = {library for row in KINDS for library in row.said_by} - {KERAS_2}
    assert _silent(said, libraries) == []
    assert len(_silent([], libraries)) == len(said)


def test_each_row_reads_what_keras_2_says(said_by_keras2: list[Said]) -> None:
    assert _misread(said_by_keras2) == []
    assert _silent(said_by_keras2, {KERAS_2}) == []
    assert len(_silent([], {KERAS_2})) == len(said_by_keras2)


@pytest.mark.parametrize(
    ("kind", "captured"),
    [
        (ErrorKind.MISSING_ARGUMENT, {"class": "Needs", "names": "'factor'"}),
        (ErrorKind.UNEXPECTED_ARGUMENT, {"class": "Needs", "name": "name"}),
        (ErrorKind.LAYERS_ADDED_TWICE, {"name": "inner"}),
        (ErrorKind.FEWER_VARIABLES, {"count": "2", "names": "'kernel', 'bias', 'scale'"}),
        (ErrorKind.REPEATED_ARGUMENT, {"name": "units"}),
        (ErrorKind.UNRECOGNIZED_ARGUMENTS, {"class": "Dense", "names": "'n_units': 3"}),
        (ErrorKind.UNKNOWN_OBJECT, {"registered": "Mine", "name": "Mine"}),
        (ErrorKind.UNKNOWN_NAME, {"name": "unknown_factor"}),
    ],
)
def test_what_is_captured(said: list[Said], kind: ErrorKind, captured: dict[str, str]) -> None:
    meanings = [error.meaning(kind) for known, _, error in said if known is kind]
    assert meanings != []
    assert all(meaning and dict(meaning.captured) == captured for meaning in meanings)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ErrorKind.UNRECOGNIZED_ARGUMENTS, "keras.src.layers.core.dense.Dense"),
        (ErrorKind.LAMBDA_REFUSED, "keras.src.layers.core.lambda_layer.Lambda"),
        (ErrorKind.LAYER_LOCKED, "tests.lab.layer.provoked.Grows"),
        (ErrorKind.CONFIG_ITEM_UNKNOWN, "tests.lab.routes.limited.ObjectInConfig"),
        (ErrorKind.MODULE_UNCOPIED, ""),
    ],
)
def test_the_class_whose_frame_raised(said: list[Said], kind: ErrorKind, name: str) -> None:
    assert [error.raised_by for known, _, error in said if known is kind] == [name]
