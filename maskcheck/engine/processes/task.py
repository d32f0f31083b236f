"""One task for a worker: the job, its result, and the files that carry them.

Sockets carry only short lines, so that a worker that dies while it answers
leaves at worst an unfinished file, never half a message.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from maskcheck.model.case import Expectation, LayerSpec, Subject
from maskcheck.model.target import World
from maskcheck.settings import Settings

JOB, RESULT, STAGE, OUTPUT, FAULTS, SCRATCH = "job", "result", "stage", "output", "faults", "scratch"

# What a worker says: it has begun a task, is done and free, is done and leaves.
BEGIN, DONE, LAST = b"begin\n", b"done\n", b"last\n"


@dataclass(frozen=True)
class Setup:
    """What a worker learns at its start. ``lab`` names the module of `run.Lab`."""

    world: World
    settings: Settings
    lab: str


@dataclass(frozen=True)
class Job:
    """One layer to examine, or a world to confirm (``subject`` None), in a worker of ``setup``.

    ``expect`` are failures known from elsewhere than the spec. With ``propose`` a case is to be
    inferred for the layer instead. ``request`` is what a worker asks of its helper.
    ``keras_settings`` are those that importing the whole world leaves: which of its modules a
    worker has imported so far is a matter of chance.
    """

    setup: str
    subject: Subject | None = None
    spec: LayerSpec | None = None
    expect: tuple[Expectation, ...] = ()
    propose: bool = False
    request: object = None
    keras_settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def expectations(self) -> tuple[Expectation, ...]:
        """Return all failures that are known of the layer."""
        return (*(self.spec.expect if self.spec else ()), *self.expect)


@dataclass(frozen=True)
class Answer:
    """What the lab in a helper answered to a request."""

    content: Any


@dataclass(frozen=True)
class Failure:
    """Instead of a result: an exception that the user cannot fix.

    ``kind`` is "exit" where user code ended the task with ``sys.exit`` or an
    interrupt, "memory" for a MemoryError, "patch" where it had replaced what everybody needs,
    "internal" for a fault of maskcheck.
    """

    kind: Literal["exit", "memory", "patch", "internal"]
    text: str
    traceback: str = ""


def store(path: str | Path, value: object) -> None:
    """Write ``value`` to ``path``, the whole of it or nothing; raises what pickle raises."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    draft = Path(f"{path}.draft")
    draft.write_bytes(data)
    draft.replace(path)


def load(path: str | Path) -> Any:
    """Return the value that ``store`` wrote to ``path``."""
    with open(path, "rb") as file:
        return _Plain(file).load()


class _Plain(pickle.Unpickler):
    """Builds only plain data: the parent must not import what a user's object would drag in."""

    ALLOWED = frozenset({"maskcheck", "numpy", "builtins", "collections", "datetime", "copyreg", "_codecs"})

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] not in self.ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not plain data")
        return super().find_class(module, name)
