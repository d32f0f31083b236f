"""What one case gave: the layer before, and what each route brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from maskcheck.model.case import Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.layer_facts import LayerFacts, Method
from maskcheck.model.snapshot import CallResult, Snapshot
from maskcheck.model.touch import Touch
from maskcheck.model.value import ABSENT, Value


@dataclass(frozen=True)
class Failure:
    """A step that raised: get_config, serialize, from_config, save, load, build, call, or read.

    "read" is none that a user takes: maskcheck looked at the layer.
    """

    step: str
    error: ErrorInfo


@dataclass(frozen=True)
class ConfigEvidence:
    """What get_config gave, and what calling it did."""

    # The config as it was returned.
    value: Value = None
    # The same as Keras saves it: plain dicts and lists.
    written: Any = None
    # Set where it raised, or where its config cannot be written.
    failure: Failure | None = None
    # The keys that differ between two calls.
    varies: tuple[str, ...] = ()
    # The paths of attributes that a call changes.
    mutates: tuple[str, ...] = ()
    # The keys whose values are live parts of the layer.
    aliased: tuple[str, ...] = ()
    # The keys that from_config takes out of its argument, or changes there.
    consumed: tuple[str, ...] = ()
    # The keys whose values JSON has no form for.
    unwritable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """One of Keras' process-wide settings where it differs between two processes."""

    name: str
    here: str
    there: str
    # Whether importing the user's modules has set it.
    imported: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """What is known of a trip that ended in another process."""

    # What the same file gave in the process that saved it; None where all came back in the other
    # process, or nothing came back here.
    twin: Snapshot | None = None
    # The settings that differ there, where they are Keras' defaults.
    settings: tuple[Setting, ...] = ()
    # What the bare process, which never imported the user's modules, made of the file: the error, or
    # the class that it took for the layer's.
    bare: ErrorInfo | str | None = None


@dataclass(frozen=True)
class Trip:
    """One way out and back on a route, in one form of it (json, functional, held, ...)."""

    route: str
    form: str
    # What came back; a call that fails leaves both this and a failure.
    after: Snapshot | None = None
    # Why nothing came back, or what can no longer be called.
    failure: Failure | None = None
    # The arguments that ``__init__`` received on the way back.
    rebuilt: Mapping[str, Value] | None = None
    # The JSON form of the copy's config.
    config: Any = None
    # The paths of layers and variables that the copy shares with the original.
    shared: tuple[str, ...] = ()
    # Whether the trip succeeded with safe mode off only.
    unsafe: bool = False
    # The paths of attributes, flags and weights that, put back on the copy, make it behave as before.
    cause: tuple[str, ...] = ()
    # Whether nothing that can be seen makes it behave as before.
    cause_unseen: bool = False
    # The paths of variables that a call of the copy overwrites, and would not with the cause put back.
    overwritten: tuple[str, ...] = ()
    # The keys of the config that came back right and change on a second trip.
    drifting_keys: tuple[str, ...] = ()
    # What set out, where that is not what the case was at first: the layer in another state.
    before: Snapshot | None = None
    # Set where the trip ended in another process.
    elsewhere: Elsewhere | None = None
    # What user code touched outside on the way back, from the loading to the calls.
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True)
class RefusedLists:
    """The keys of the config that come back as lists and have to be tuples; none where shapes are meant."""

    keys: tuple[str, ...]
    # What to write in __init__, or in build.
    hint: str


@dataclass(frozen=True)
class NotTaken:
    """A route, or one form of it, that the layer cannot be sent on, and why.

    ``error`` is what the layer raised, where that is the reason.
    """

    route: str
    form: str
    reason: str
    error: ErrorInfo | None = None


@dataclass(frozen=True)
class UnbuiltLayer:
    """A sub-layer, or the layer itself (""), that lacks weights when a file is read, by build() alone."""

    # As the class that holds it writes it: of what a layer of Keras is made of, that layer.
    path: str
    # The paths of the weights that it lacks.
    weights: tuple[str, ...]
    # By what it is made.
    made_in: Literal["__init__", "build", "call"]


@dataclass(frozen=True)
class BuildGap:
    """What ``build`` leaves out: that of the class ``holder``, "" for the class that is examined."""

    holder: str
    build: Method
    # What to write there, "" where that is not known.
    hint: str


@dataclass(frozen=True)
class Probe:
    """What a second value for an argument, or several together, showed on the way through the config.

    ``reason`` says why an argument is unproven. ``evidence`` is that of the case with the
    second value, where something came back otherwise; ``value`` that value as text. With the
    outcome "keras", ``reason`` names the class of Keras that loses the argument for its subclasses.
    With the outcome "lost", it says what shows it where no call does; ``felt`` is false where nothing does.
    ``partner`` is an argument that had to be given another value for it, if one had.
    """

    arguments: tuple[str, ...]
    outcome: Literal["proven", "lost", "unproven", "keras"]
    reason: str = ""
    value: str = ""
    evidence: Evidence | None = None
    felt: bool = True
    partner: str = ""


@dataclass(frozen=True)
class Stability:
    """In what the layer differs from itself: that is unstable, not lost."""

    # The same case built again under another seed with the weights copied; None if no attribute differs.
    built_again: Snapshot | None = None
    # The paths of attributes in which two copies that came back the same way differ.
    redrawn: frozenset[str] = frozenset()
    # The modes in which two equal calls of the original differ, or no longer succeed.
    unstable_modes: frozenset[str] = frozenset()
    # Whether its routes left the original otherwise than it was.
    damaged: bool = False
    # The paths of attributes that a call changes: state, whether anything minds it or not.
    counters: frozenset[str] = frozenset()
    # The paths of attributes that the first call makes.
    made_in_calls: frozenset[str] = frozenset()
    # Whether the outputs depend neither on the inputs nor on a weight.
    constant_output: bool = False


@dataclass(frozen=True)
class Evidence:
    """All that one case gave on all routes; what the rules read."""

    # The class that was examined.
    subject: Subject
    # The id of the case.
    case: str
    # What is known of the class.
    facts: LayerFacts = field(default_factory=LayerFacts)
    # In what the layer differs from itself.
    stability: Stability = field(default_factory=Stability)
    # Why the case could not be repeated in its variant; then nothing was gathered.
    unsupported: str = ""
    # From which device to which it was carried, where the same case stays the same on one.
    crossed: str = ""
    # Set when the layer could not be built or called; then there is no ``before``.
    failure: Failure | None = None
    # What was read off the layer before its routes.
    before: Snapshot | None = None
    # What get_config gave, and what calling it did.
    config: ConfigEvidence = field(default_factory=ConfigEvidence)
    # What ``__init__`` received on the way back from the config, whichever routes were taken.
    rebuilt: Mapping[str, Value] | None = None
    # What came back, on each route in each form.
    trips: tuple[Trip, ...] = ()
    # Of a probe: what the argument left on the layer, and what did not come back of that.
    lost_traces: frozenset[str] = frozenset()
    # The reason for each route (or "route/form") that was not taken.
    skipped: Mapping[str, str] = field(default_factory=dict)
    # How far two numbers may be apart and still be called equal: relative, absolute.
    tolerance: tuple[float, float] = (0.0, 0.0)
    # Why there is no training step to compare.
    untrained: str = ""
    # Whether a functional model holds the layer's operations only, since ``__call__`` is its own.
    bypassed: bool = False
    # The sub-layers that lack weights when a file is read, where anything came back without its weights.
    unbuilt: tuple[UnbuiltLayer, ...] = ()
    # Whose build() is the reason, the outermost first.
    build_gaps: tuple[BuildGap, ...] = ()
    # What a file makes lists of and has to be tuples, where nothing came back from the config.
    refused_lists: RefusedLists | None = None
    # What a call on symbolic inputs raises, where the layer was tried in a functional model.
    untraceable: ErrorInfo | None = None
    # What a call with training=True raises, where none works.
    untrainable: ErrorInfo | None = None
    # What the layer's own ``compute_output_shape`` says of the outputs of the inference call:
    # their tree, with shapes as tuples in objects "shape".
    stated: Value = ABSENT
    # Arguments and paths of attributes that classes of Keras lose by themselves, with what
    # is lost, as "GRU.use_cudnn".
    lost_by_keras: Mapping[str, str] = field(default_factory=dict)
    # What a layer of the case gives that was never saved, by mode; empty unless that is asked for.
    unsaved_outputs: Mapping[str, CallResult] = field(default_factory=dict)
    # What user code touched outside the program, or tried to.
    touches: tuple[Touch, ...] = ()

    def left(self, trip: Trip) -> Snapshot | None:
        """Return the snapshot of what set out on a trip."""
        return trip.before or self.before
