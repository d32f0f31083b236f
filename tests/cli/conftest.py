"""Commands run in this process, with a fake engine or the real one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

# The SARIF report keeps the rules that it finds when it is imported, so before they are replaced.
import maskcheck.report.formats.sarif  # noqa: F401
from maskcheck.__main__ import main
from maskcheck.model.case import Inference
from tests.cli import proposals
from tests.cli.fakes import RULES, Engine, module


@dataclass(frozen=True)
class Result:
    """How a command ended, with its two outputs apart."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
Init = Callable[..., Result]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
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


@pytest.fixture
def init(tmp_path: Path, real_run: Run, monkeypatch: pytest.MonkeyPatch) -> Init:
    """Run ``maskcheck init mine`` in a directory of its own, with an engine or what one proposes."""
    monkeypatch.chdir(tmp_path)

    def runs(engine: proposals.Engine | dict[str, Inference], *args: str) -> Result:
        engine = engine if isinstance(engine, proposals.Engine) else proposals.Engine(engine)
        monkeypatch.setattr("maskcheck.cli.run.init_infer.propose_cases", engine.proposing)
        return real_run("init", "mine", *args)

    return runs
