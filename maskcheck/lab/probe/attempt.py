"""One second value tried: the layer built with it, and what it leaves on the layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.lab.api import keras
from maskcheck.lab.calls.build import BuildError, Built, build, construct
from maskcheck.lab.calls.call import Modes
from maskcheck.lab.calls.modes import modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.layer.randomize import perturb
from maskcheck.lab.layer.registration import custom_objects
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.model.case import Case, SpecValue
from maskcheck.model.snapshot import Snapshot


@dataclass(frozen=True)
class Ground:
    """The case that probes change one argument of.

    ``seed`` is of the data. Everything is constructed under one other seed, on the way
    back too, so that what is random in ``__init__`` does not look like an argument's trace.
    """

    cls: type[keras.Layer]
    case: Case
    seed: int
    scratch: str

    @cached_property
    def base(self) -> Snapshot | None:
        """Return what the case's own arguments leave after construction; None if it cannot be."""
        try:
            return observe(self.constructed({}).layer, {}, self.seed)
        except BuildError:
            return None

    @cached_property
    def original(self) -> Built | None:
        """Return the case's own layer, called, with random weights; None if it cannot be."""
        try:
            built = self.called({})
        except BuildError:
            return None
        perturb(built.layer, self.seed)
        return built

    def constructed(self, init: Mapping[str, SpecValue]) -> Built:
        """Construct the layer with some arguments changed; raises BuildError."""
        return construct(self.cls, self.changed(init), self.seed + 1, data_seed=self.seed)

    def called(self, init: Mapping[str, SpecValue]) -> Built:
        """Build and call the layer with some arguments changed; raises BuildError."""
        return build(self.cls, self.changed(init), self.seed + 1, data_seed=self.seed)

    def changed(self, init: Mapping[str, SpecValue]) -> Case:
        """Return the case with some arguments changed."""
        return replace(self.case, init={**self.case.init, **init})


@dataclass(frozen=True)
class Attempt:
    """A layer with another value, and how it differs from the case's own."""

    traveller: Traveller
    trace: Contrast

    @property
    def leaves_a_trace(self) -> bool:
        """Tell whether anything shows that the value is another."""
        return not self.trace.empty


def constructed(ground: Ground, init: Mapping[str, SpecValue]) -> Attempt:
    """Construct with other arguments and compare what ``__init__`` leaves.

    Raises:
        BuildError: ``__init__`` refuses the arguments, or those of the case itself.
    """
    built = ground.constructed(init)
    if ground.base is None:
        raise BuildError("construct", ValueError("the case itself cannot be constructed"))
    return _attempt(ground, built, ground.base, {}, init)


def called(ground: Ground, init: Mapping[str, SpecValue]) -> Attempt | None:
    """Build and call with other arguments, on the original's weights; None if anything refuses."""
    original = ground.original
    if original is None:
        return None
    try:
        built = ground.called(init)
    except BuildError:
        return None
    copy_weights(original.layer, built.layer)
    wanted = modes(original.layer, original.inputs, ground.seed)
    base = observe(original.layer, wanted, ground.seed)
    return _attempt(ground, built, base, wanted, init)


def _attempt(
    ground: Ground, built: Built, base: Snapshot, wanted: Modes, init: Mapping[str, SpecValue]
) -> Attempt:
    shot = observe(built.layer, wanted, ground.seed)
    usable = {mode: inputs for mode, inputs in wanted.items() if shot.calls[mode].error is None}
    shot = replace(shot, calls={mode: shot.calls[mode] for mode in usable})
    traveller = Traveller(
        ground.cls,
        ground.changed(init),
        built,
        usable,
        shot,
        custom_objects(built.layer),
        ground.scratch,
        ground.seed,
    )
    return Attempt(traveller, contrast(base, shot))
