"""Cases for layers that nobody wrote for inference, and what is said where there is none."""

from __future__ import annotations

import inspect
from types import ModuleType

import keras
import pytest

from maskcheck.lab.calls.build import build
from maskcheck.lab.infer import infer
from maskcheck.lab.infer.explain import spec_entry
from maskcheck.lab.infer.quality import BEST, rate_call
from maskcheck.model.case import Case, Inference, Subject
from maskcheck.model.finding import Finding
from maskcheck.rules.run.no_case import NoCase
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.suggest import draft_entry
from maskcheck.specfile.write.write import HEAD
from tests.lab.infer import beyond, libraries, research, tutorial

SEED = 0
# Why nothing can be inferred for a class, and the entry that the user is to complete.
BEYOND = {
    "ByParameters": (
        "no value was found for hparams: __init__(hparams={}) raised AttributeError: 'dict' object has no"
        " attribute 'widening'",
        ["init: {units: 8, hparams: ...}", "input: {shape: [2, ...]}"],
    ),
    "Secretive": (
        "no input was accepted: call(float32[2, 5, 8], int32[2, 5]) raised ValueError: no",
        ["init: {units: 8}", "args: [{shape: [2, ...]}, {shape: [2, ...], dtype: int32}]"],
    ),
    "NeedsPackage": (
        "what it needs is not installed: ModuleNotFoundError: No module named 'no_such_package'",
        ["init: {depth: 2}", "input: {shape: [2, ...]}"],
    ),
}


def no_case(subject: Subject, inference: Inference) -> Finding:
    return NoCase().missing(subject, inference.reason, draft_entry(subject.name, inference))


def layers_of(module: ModuleType) -> list[type[keras.Layer]]:
    found = [value for value in vars(module).values() if inspect.isclass(value)]
    return [cls for cls in found if issubclass(cls, keras.Layer) and cls.__module__ == module.__name__]


def written(cls: type, inference: Inference) -> Case:
    """Return the inferred case as a spec gives it back."""
    assert inference.case, inference.reason
    (layer,) = parse_spec(HEAD + spec_entry(cls.__name__, [inference.case]), "inferred").layers
    (case,) = layer.cases
    return case


@pytest.mark.parametrize(
    "cls",
    [*layers_of(tutorial), *layers_of(research), *layers_of(libraries)],
    ids=lambda cls: str(cls.__name__),
)
def test_the_inferred_case_works_as_it_is_written(cls: type[keras.Layer]) -> None:
    inference = infer(cls, SEED)
    case = written(cls, inference)
    assert rate_call(build(cls, case, SEED, data_seed=SEED), case, SEED).level == BEST
    assert infer(cls, SEED) == inference


@pytest.mark.parametrize("cls", layers_of(beyond), ids=lambda cls: str(cls.__name__))
def test_what_cannot_be_inferred_is_told_with_the_entry_to_complete(cls: type[keras.Layer]) -> None:
    reason, entry_lines = BEYOND[cls.__name__]
    inference = infer(cls, SEED)
    finding = no_case(Subject(__name__, cls.__name__, "beyond.py", 1), inference)
    assert inference.case is None
    assert finding.message.endswith(f"none could be inferred: {inference.reason}")
    assert reason in inference.reason
    assert finding.hint.splitlines() == [f"  {cls.__name__}:", *(f"    {line}" for line in entry_lines)]


def test_the_entry_works_once_it_is_complete() -> None:
    inference = infer(beyond.Secretive, SEED)
    finding = no_case(Subject(__name__, "Secretive", "beyond.py", 1), inference)
    text = finding.hint.replace("...", "11, 37", 1).replace("...", "11")
    (layer,) = parse_spec(HEAD + text, "completed").layers
    built = build(beyond.Secretive, layer.cases[0], SEED, data_seed=SEED)
    assert rate_call(built, layer.cases[0], SEED).level == BEST
