"""A layer that was built, called and observed, ready to be sent on its routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from maskcheck.lab.calls.build import APART, Built, build, construct
from maskcheck.lab.calls.call import Modes, call_all, call_once, wake
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain_state import keep_plain_state
from maskcheck.lab.process.random_ops import may_draw
from maskcheck.model.case import Case
from maskcheck.model.evidence import NotTaken, Trip
from maskcheck.model.helper_request import Ask, alone
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP, CallResult, Snapshot


@dataclass(frozen=True)
class Traveller:
    """A built layer with all that a route needs to send it out and to compare what comes back."""

    # The class that is examined.
    cls: type[keras.Layer]
    # How the layer was made, by which another one is made.
    case: Case
    # The layer itself, with what its constructor received and the inputs of the case.
    built: Built
    # The calls that are made of every copy, by mode.
    modes: Modes
    # What was read off the layer before anything was asked of it.
    reference: Snapshot
    # The unregistered classes that loading it needs, by name.
    custom_objects: Mapping[str, Any]
    # An existing directory for files.
    scratch: str
    # Of the inputs, and of what is drawn in calls.
    seed: int
    # What is added to it for everything that is constructed on the way back.
    seed_offset: int = 1
    # Calls that take too long to be made of every copy: one form of one route has them.
    extra_modes: Modes = field(default_factory=dict)
    # Whether all routes are taken, so that nothing is left out to save time.
    all_routes: bool = False
    # Whether TensorFlow's own random stream is seeded, too, before every call and construction.
    thorough: bool = False
    # Has something done in another process.
    ask: Ask = alone

    @property
    def construction_seed(self) -> int:
        """Return the seed of everything that is constructed on the way back."""
        return self.seed + self.seed_offset

    @property
    def waking_seed(self) -> int:
        """Return the seed of the first call of what comes back, which is not that of the original's."""
        return self.construction_seed + APART // 2

    @property
    def is_held_still(self) -> bool:
        """Tell whether nothing can differ by chance that a seed can hold still."""
        return self.thorough or not may_draw()

    @property
    def layer(self) -> keras.Layer:
        """Return the live original."""
        return self.built.layer

    def observe(self, layer: keras.Layer, modes: Modes) -> Snapshot:
        """Return the snapshot of a layer that is called in these modes."""
        return observe(layer, modes, self.seed, thorough=self.thorough)

    def call(self, layer: keras.Layer, modes: Modes) -> dict[str, CallResult]:
        """Return what a layer gives in these modes, each from the same state."""
        with keep_plain_state(layer):
            return call_all(layer, walk(layer), modes, self.seed, thorough=self.thorough)

    def list_overwritten(self, layer: keras.Layer, modes: Modes) -> tuple[str, ...]:
        """Return the paths of variables that plain calls of a layer in these modes change."""
        plain = (inputs for mode, inputs in modes.items() if mode not in (DOWNSTREAM, TRAINING_STEP))
        found = (wake(layer, inputs, self.seed, thorough=self.thorough) for inputs in plain)
        return tuple(dict.fromkeys(path for paths in found for path in paths))

    def call_once(self, layer: keras.Layer) -> CallResult:
        """Call a layer as the case says, such as one that its first call builds."""
        return call_once(layer, self.modes["inference"], self.seed, thorough=self.thorough)

    def build(self, seed: int, *, used: bool = False) -> Built:
        """Build and call another layer of the same case under a seed of its own.

        Args:
            used: it is also trained on, as the original was.

        Raises:
            BuildError: a step of building raised.
        """
        return build(self.cls, self.case, seed, data_seed=self.seed, thorough=self.thorough, used=used)

    def construct(self, seed: int) -> Built:
        """Construct another layer of the same case under a seed of its own, without calling it.

        Raises:
            BuildError: ``__init__`` raised.
        """
        return construct(self.cls, self.case, seed, data_seed=self.seed, thorough=self.thorough)


# Sends a layer on one route: yields a trip for each form of it, or why there is none.
TakeRoute = Callable[[Traveller], Iterator[Trip | NotTaken]]
