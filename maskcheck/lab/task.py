"""What a worker is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from maskcheck.lab.calls.build import Built
from maskcheck.model.case import Expectation, LayerSpec, Subject
from maskcheck.model.helper_request import Ask, alone
from maskcheck.model.target import World
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Task:
    """One layer to examine."""

    # The modules of the scan.
    world: World
    # The class in them.
    subject: Subject
    # What the spec says of it.
    spec: LayerSpec | None
    settings: Settings
    # An existing directory of this task alone, removed by the engine.
    scratch: str
    # Has something done in another process.
    ask: Ask = alone
    # The settings of Keras that importing the world leaves behind.
    keras_settings: Mapping[str, str] = field(default_factory=dict)
    # The failures that are known.
    expect: tuple[Expectation, ...] = ()
    # Gives a layer that exists already, as it was at first, each time that one is sent away.
    original: Callable[[], Built] | None = None
