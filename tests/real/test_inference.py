"""How many layers that others wrote get a working case without a spec; `pytest -s` shows the rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from maskcheck.specfile.read.load import parse_spec
from tests.real.libraries import KERAS, LIBRARIES, ROOT, Library, keras_inferred, others_inferred, scan
from tests.real.test_real import UNJUDGED

OTHERS = tuple(library for library in LIBRARIES if library != KERAS)
# Why equal outputs of a layer prove nothing: its case is accepted, and shows nothing.
IDLE = "the outputs "


def skipped(library: Library) -> set[str]:
    """Return the classes that the spec of a library skips: they cannot be called on dense tensors."""
    path = ROOT / "fixtures" / "real" / library.spec
    return {entry.name for entry in parse_spec(path.read_text("utf-8"), str(path)).layers if entry.skip}


def layers(library: Library) -> list[dict[str, Any]]:
    """Return the reports of the concrete classes of a library, scanned without a spec."""
    report = scan(library, inferred=True)
    return [layer for layer in report["layers"] if layer["verdict"] != "skipped"]


def name(layer: dict[str, Any]) -> str:
    return str(layer["id"]).rpartition(".")[2]


def shortcomings(layer: dict[str, Any]) -> Iterator[str]:
    """Yield why the inferred case does not work; nothing if it does."""
    yield from (finding["message"] for finding in layer["findings"] if finding["rule"] in UNJUDGED)
    reasons = {check.get("reason", "") for check in layer["checks"] if check["rule"] == "MC401"}
    yield from sorted(reason for reason in reasons if reason.startswith(IDLE))


def missed(what: str, found: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Print the rate, and return for each layer that was missed the reason."""
    misses = {name(layer): reason for layer in found for reason in list(shortcomings(layer))[:1]}
    working = len(found) - len(misses)
    print(f"{what}: {working} of {len(found)} inferred, {working / len(found):.0%}")
    for layer, reason in misses.items():
        print(f"  {layer}: {reason}")
    return misses


@keras_inferred
def test_public_layers_of_keras() -> None:
    KERAS.require()
    callable_ones = [layer for layer in layers(KERAS) if name(layer) not in skipped(KERAS)]
    assert len(callable_ones) > 100
    misses = missed("keras.layers", callable_ones)
    assert len(misses) <= 0.15 * len(callable_ones), misses


@others_inferred
def test_concrete_layers_of_libraries() -> None:
    for library in OTHERS:
        library.require()
    found = [layer for library in OTHERS for layer in layers(library)]
    misses = missed(", ".join(library.distribution for library in OTHERS), found)
    assert len(misses) <= 0.30 * len(found), misses
    # What can be built at all on this Keras, with what is installed, is inferred.
    assert set(misses) <= set().union(*map(skipped, OTHERS)), misses


@pytest.mark.parametrize(
    "library",
    [
        pytest.param(each, id=each.distribution, marks=keras_inferred if each == KERAS else others_inferred)
        for each in LIBRARIES
    ],
)
def test_each_inferred_case_is_shown_as_an_entry(library: Library) -> None:
    library.require()
    inferred = [layer for layer in layers(library) if layer["cases"]]
    assert inferred
    for layer in inferred:
        assert {case["origin"] for case in layer["cases"]} == {"inferred"}
        (entry,) = parse_spec(f"version: 1\nlayers:\n{layer['inferred']}", name(layer)).layers
        assert entry.name == name(layer)
