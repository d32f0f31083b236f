from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from maskcheck.__main__ import main

from .fakes import RULES, Engine, module


@dataclass(frozen=True)
class Result:
    """How a command ended, with its two outputs apart."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with the given engine."""

    def runs(*args: str, engine: Engine | None = None) -> Result:
        monkeypatch.setitem(sys.modules, "maskcheck.engine.run", module(engine or Engine()))
        monkeypatch.setattr("maskcheck.rules.registry.RULES", RULES)
        code = main(args)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return runs


@pytest.fixture
def real_run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with the real rules and engine."""

    def runs(*args: str) -> Result:
        code = main(args)
        return Result(code, *capsys.readouterr())

    return runs
