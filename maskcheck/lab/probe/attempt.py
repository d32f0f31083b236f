"""One second value tried: the layer built with it, and what it leaves on the layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from maskcheck.compare.rounding import drop_rounding
from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.lab.calls.build import BuildError, Built, build, construct
from maskcheck.lab.calls.call import Modes
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.randomize import randomize_weights
from maskcheck.lab.layer.registration import find_custom_objects
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.model.case import Case, SpecValue
from maskcheck.model.snapshot import Snapshot


@dataclass(frozen=True)
class Ground:
    """The case that probes change one argument of.

    ``partner`` is another argument that was changed in it first, if one was.
    ``seed`` is of the data. Everything is constructed under one other seed, on the way
    back too, so that what is random in ``__init__`` does not look like an argument's trace.
    """

    cls: type[keras.Layer]
    case: Case
    seed: int
    scratch: str
    partner: str = ""

    @cached_property
    def base(self) -> Snapshot | None:
        """Return what the case's own arguments leave after construction; None if it cannot be."""
        try:
            return observe(self.construct({}).layer, {}, self.seed)
        except BuildError:
            return None

    @cached_property
    def original(self) -> Built | None:
        """Return the case's own layer, called, with random weights; None if it cannot be."""
        try:
            built = self.build({})
        except BuildError:
            return None
        randomize_weights(built.layer, self.seed)
        return built

    def construct(self, init: Mapping[str, SpecValue]) -> Built:
        """Construct the layer with some arguments changed.

        Raises:
            BuildError: ``__init__`` raised.
        """
        return construct(self.cls, self.change_case(init), self.seed + 1, data_seed=self.seed)

    def build(self, init: Mapping[str, SpecValue]) -> Built:
        """Build and call the layer with some arguments changed.

        Raises:
            BuildError: a step of building raised.
        """
        return build(self.cls, self.change_case(init), self.seed + 1, data_seed=self.seed)

    def make_traveller(
        self, init: Mapping[str, SpecValue], built: Built, modes: Modes, shot: Snapshot
    ) -> Traveller:
        """Return a layer with some arguments changed, ready to be sent through its config."""
        return Traveller(
            self.cls,
            self.change_case(init),
            built,
            modes,
            shot,
            find_custom_objects(built.layer),
            self.scratch,
            self.seed,
        )

    def change_case(self, init: Mapping[str, SpecValue]) -> Case:
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


def try_constructing(ground: Ground, init: Mapping[str, SpecValue]) -> Attempt:
    """Construct with other arguments and compare what ``__init__`` leaves.

    Raises:
        BuildError: ``__init__`` refuses the arguments, or those of the case itself.
    """
    built = ground.construct(init)
    if ground.base is None:
        raise BuildError("construct", ValueError("the case itself cannot be constructed"))
    return _compare_with_base(ground, built, ground.base, {}, init)


def try_calling(ground: Ground, init: Mapping[str, SpecValue]) -> Attempt | None:
    """Build and call with other arguments, on the original's weights; None if anything refuses."""
    original = ground.original
    if original is None:
        return None
    try:
        built = ground.build(init)
    except BuildError:
        return None
    copy_weights(original.layer, built.layer)
    wanted = choose_modes(original.layer, original.inputs, ground.seed)
    base = observe(original.layer, wanted, ground.seed)
    return _compare_with_base(ground, built, base, wanted, init)


def _compare_with_base(
    ground: Ground, built: Built, base: Snapshot, wanted: Modes, init: Mapping[str, SpecValue]
) -> Attempt:
    shot = observe(built.layer, wanted, ground.seed)
    usable = {mode: inputs for mode, inputs in wanted.items() if shot.calls[mode].error is None}
    shot = replace(shot, calls={mode: shot.calls[mode] for mode in usable})
    return Attempt(ground.make_traveller(init, built, usable, shot), drop_rounding(contrast(base, shot)))
