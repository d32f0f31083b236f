"""Specs written to a file and loaded, by their text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maskcheck.errors import SpecError
from maskcheck.model.case import LayerSpec, Spec
from maskcheck.specfile.read.load import load_spec

ENTRY = "version: 1\nlayers:\n  A:\n"  # an entry's own text starts on line 4

Load = Callable[[str], Spec]
LoadEntry = Callable[[str], LayerSpec]
Fail = Callable[[str], str]


@pytest.fixture(scope="session")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Load a spec from its whole text."""
    path = tmp_path_factory.mktemp("spec") / "s.yaml"

    def run(text: str) -> Spec:
        path.write_bytes(text.encode("utf-8"))
        return load_spec(str(path))

    return run


@pytest.fixture(scope="session")
def load_entry(load: Load) -> LoadEntry:
    """Load the entry of the class A from the lines below its name, indented by four spaces."""
    return lambda text: load(f"{ENTRY}{text}\n").layers[0]


@pytest.fixture(scope="session")
def fail(load: Load) -> Fail:
    """Load a faulty spec from its whole text; return the error as ``line:column: message (hint)``."""

    def run(text: str) -> str:
        with pytest.raises(SpecError) as raised:
            load(text)
        error = raised.value
        assert error.mark is not None
        assert Path(error.mark.file).name == "s.yaml"
        return str(error).removeprefix(f"{error.mark.file}:")

    return run


@pytest.fixture(scope="session")
def fail_entry(fail: Fail) -> Fail:
    """Load the faulty entry of the class A; return the error as ``fail`` does."""
    return lambda text: fail(f"{ENTRY}{text}\n")
