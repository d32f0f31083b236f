"""Scanning source text with the fake lab."""

import time
from collections.abc import Callable, Generator
from pathlib import Path
from textwrap import dedent, indent

import pytest

from maskcheck.engine.run import Lab, scan
from maskcheck.model.case import Mark
from maskcheck.model.report import Event, LayerFinished, LayerReport
from maskcheck.settings import Override, Settings

FAKE = Lab("tests.engine.fakelab", ())
HEAD = (
    "import keras, os, sys, signal, time, threading, subprocess, warnings\nfrom tests.engine import fakelab\n"
)


def layer(name: str, body: str = "pass") -> str:
    """Return the source of a layer whose ``call`` does ``body``."""
    call = indent(dedent(body).strip(), " " * 8)
    return f"class {name}(keras.layers.Layer):\n    def call(self, task):\n{call}\n\n"


def write(directory: Path, **modules: str) -> None:
    """Write modules below ``directory``; ``__IN__`` in a name separates folder and file."""
    for name, text in modules.items():
        path = directory / f"{name.replace('__IN__', '/')}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + text, encoding="utf-8")


def events(directory: Path, *targets: str, **settings: object) -> Generator[Event, None, None]:
    values = {"timeout": 60.0, "jobs": 2, **settings}
    return scan(Settings(targets, directory=str(directory), **values), lab=FAKE)  # type: ignore[arg-type]


def next_report(stream: Generator[Event, None, None]) -> LayerReport:
    """Return the next report of a scan, past what it says of its progress."""
    return next(event.report for event in stream if isinstance(event, LayerFinished))


def limit(*layers: str, seconds: float) -> Override:
    """Return the override that gives those layers so long; the others keep a limit which they never reach."""
    return Override(layers, {"timeout": seconds}, Mark("pyproject.toml", 1))


def reports(directory: Path, *targets: str, **settings: object) -> dict[str, LayerReport]:
    """Scan and return the reports by name, in the order in which they were told."""
    told = [e.report for e in events(directory, *targets, **settings) if isinstance(e, LayerFinished)]
    return {report.name: report for report in told}


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(3000):
        if what():
            return
        time.sleep(0.02)
    pytest.fail("it never came")
