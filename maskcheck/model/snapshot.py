"""What is read off a live layer at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

from maskcheck.model.error import ErrorInfo
from maskcheck.model.value import ABSENT, Value

# Modes of calling that are made on one form of the .keras file only: what they take is time.
TRAINING_STEP = "training step"
DOWNSTREAM = "downstream"
# Below what key of ``compiled`` the arguments are that only the class's own ``compile`` takes.
ARGUMENTS = "arguments"

# "weight": Keras tracks and saves it. "untracked": a variable that Keras does not
# know of. "seed", "metric", "state": tracked, but never saved by Keras (positions of
# seed generators, metrics, states of stateful recurrent layers).
WeightKind = Literal["weight", "untracked", "seed", "metric", "state"]


@dataclass(frozen=True, eq=False)
class Weight:
    """One variable, under its attribute path from the root layer (``dense.kernel``)."""

    path: str
    array: NDArray[Any]
    dtype: str
    trainable: bool
    kind: WeightKind = "weight"


@dataclass(frozen=True)
class LayerState:
    """The root layer (path "") or one sub-layer, without its weights.

    ``flags`` are name, trainable, supports_masking, autocast, dtype_policy,
    input_spec and built. ``attributes`` are those the class adds to Keras' own,
    private ones included. ``own`` is False for Keras' builtin classes.
    ``tracked`` is False for a sub-layer that Keras does not know of.
    """

    path: str
    class_name: str
    flags: Mapping[str, Value]
    attributes: Mapping[str, Value]
    own: bool = True
    tracked: bool = True


@dataclass(frozen=True)
class TrainingStep:
    """What one step of training gave.

    ``gradients`` are with respect to the trainable weights, by path, and None for a weight
    that none reaches; ``inputs`` with respect to the float inputs, in order. ``weights`` are
    the values of all variables after the step, by path.
    """

    loss: float
    gradients: Mapping[str, Value]
    inputs: tuple[Value, ...]
    weights: Mapping[str, Value]


@dataclass(frozen=True)
class CallResult:
    """What one call gave. ``outputs`` and ``masks`` are trees of the same structure.

    ``step`` is what a training step gave, which has no outputs of its own.
    """

    outputs: Value = None
    masks: Value = None
    losses: tuple[float, ...] = ()
    error: ErrorInfo | None = None
    step: TrainingStep | None = None


@dataclass(frozen=True)
class Snapshot:
    """A layer at one moment. Keys of ``calls`` are modes, as lab/modes.py describes them.

    ``aliases`` groups the paths that lead to one and the same layer or variable. ``compiled``
    is what a model was compiled with, and the state of its optimizer. Of what can only be called
    there are no layers, and the calls hold outputs alone.
    """

    layers: Mapping[str, LayerState]
    weights: Mapping[str, Weight]
    aliases: frozenset[frozenset[str]] = frozenset()
    calls: Mapping[str, CallResult] = field(default_factory=dict)
    compiled: Value = ABSENT

    @property
    def opaque(self) -> bool:
        """Tell whether nothing but outputs can be seen."""
        return not self.layers

    @property
    def root(self) -> LayerState:
        """Return the state of the layer itself."""
        return self.layers[""]
