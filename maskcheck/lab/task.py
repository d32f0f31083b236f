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
    """One layer to examine: the subject in its world, and what the spec says of it.

    ``scratch`` is an existing directory of this task alone, removed by the engine.
    ``ask`` has something done in another process. ``keras_settings`` are the settings of Keras
    that importing the world leaves behind. ``expect`` are the failures that are known. ``original``
    gives a layer that exists already, as it was at first, each time that the one to be sent away
    is needed.
    """

    world: World
    subject: Subject
    spec: LayerSpec | None
    settings: Settings
    scratch: str
    ask: Ask = alone
    keras_settings: Mapping[str, str] = field(default_factory=dict)
    expect: tuple[Expectation, ...] = ()
    original: Callable[[], Built] | None = None
