"""Scans of layers that others wrote: what is lost is reported, what is right is left alone."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.real.expected import LOSSES, Loss
from tests.real.libraries import KERAS, LIBRARIES, Library, keras_inferred, scan

# A class that could not be constructed, called or finished says nothing about its round trips.
UNJUDGED = {"MC001", "MC002", "MC003", "MC004", "MC005", "MC006"}


@pytest.fixture(params=LIBRARIES, ids=lambda library: library.distribution)
def library(request: pytest.FixtureRequest) -> Library:
    chosen: Library = request.param
    chosen.require()
    return chosen


def findings(report: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (layer["id"].rpartition(".")[2], finding)
        for layer in report["layers"]
        for finding in layer["findings"]
    ]


def test_the_errors_are_the_true_losses(library: Library) -> None:
    errors = {
        (layer, finding["rule"], subject)
        for layer, finding in findings(scan(library))
        if finding["severity"] == "error"
        for subject in finding["subject"].split(", ")
    }
    assert errors == {(loss.layer, loss.code, loss.subject) for loss in LOSSES if loss.library == library}


def test_every_case_is_judged(library: Library) -> None:
    report = scan(library)
    unjudged = [
        f"{layer}: {finding['message']}" for layer, finding in findings(report) if finding["rule"] in UNJUDGED
    ]
    assert unjudged == []
    assert report["summary"]["unchecked"] == 0


@keras_inferred
def test_without_a_spec_the_errors_are_true_losses_too() -> None:
    KERAS.require()
    report = scan(KERAS, inferred=True)
    told = {
        (layer, finding["rule"], subject)
        for layer, finding in findings(report)
        if finding["severity"] == "error" and finding["rule"] not in UNJUDGED
        for subject in finding["subject"].split(", ")
    }
    assert told == {(loss.layer, loss.code, loss.subject) for loss in LOSSES if loss.library == KERAS}


@keras_inferred
def test_without_a_spec_nine_of_ten_arguments_of_keras_are_proven() -> None:
    KERAS.require()
    report = scan(KERAS, inferred=True)
    counts = report["summary"]["arguments"]
    judged = [layer for layer in report["layers"] if layer["arguments"]["proven"]]
    print(f"{counts['proven']} of {counts['total']} arguments of {len(judged)} layers proven")
    assert counts["proven"] >= 0.9 * counts["total"]
    assert report["summary"]["lost_by_keras"].count("Layer.autocast") == 1


def test_no_missing_argument_counts_as_proven(library: Library) -> None:
    report = scan(library)
    lost = {(loss.layer, loss.subject) for loss in LOSSES if loss.code == "MC101"}
    proven = {
        (layer["id"].rpartition(".")[2], name)
        for layer in report["layers"]
        for name in layer["arguments"]["proven"]
    }
    assert proven
    assert proven.isdisjoint(lost)


def test_a_scan_of_keras_checks_its_layers() -> None:
    KERAS.require()
    verdicts = [layer["verdict"] for layer in scan(KERAS)["layers"]]
    assert sum(verdict not in ("skipped", "unchecked") for verdict in verdicts) >= 60


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.layer}-{loss.subject}")
def test_the_loss_is_real(loss: Loss, monkeypatch: pytest.MonkeyPatch) -> None:
    loss.library.require()
    monkeypatch.setitem(os.environ, "TF_CPP_MIN_LOG_LEVEL", "3")
    loss.confirm()
