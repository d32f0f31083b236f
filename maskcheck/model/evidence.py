"""What one case gave: the layer before, and what each route brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from maskcheck.model.case import Subject
from maskcheck.model.snapshot import ErrorInfo, Snapshot
from maskcheck.model.value import ABSENT, Value


@dataclass(frozen=True)
class Argument:
    """One constructor argument of a case, as ``__init__`` received it.

    ``given`` is the value, ``default`` the signature's (ABSENT without one).
    ``attributes`` are the paths that the source text shows it flowing into.
    ``base`` marks arguments that Keras' own Layer handles (name, dtype, ...).
    ``explicit`` is True when the case names the argument. ``hint`` is the line that
    get_config lacks when the argument is missing from the config.
    """

    name: str
    given: Value
    default: Value
    attributes: tuple[str, ...] = ()
    base: bool = False
    explicit: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Method:
    """Where a method of the subject is defined; ``own`` if in the class itself."""

    name: str
    file: str
    line: int
    own: bool
    builtin: bool
    write_line: int | None = None


@dataclass(frozen=True)
class Failure:
    """A step that raised: get_config, serialize, from_config, save, load, build or call."""

    step: str
    error: ErrorInfo


@dataclass(frozen=True)
class ConfigEvidence:
    """What get_config gave, and what calling it did.

    ``value`` is the config as returned, ``written`` its JSON form as Keras saves
    it (plain dicts and lists). ``varies`` are keys that differ between two calls;
    ``mutates`` the attribute paths that a call changes; ``aliased`` the config
    keys that are live parts of the layer; ``consumed`` the keys that from_config
    takes out of its argument. ``unwritable`` are the keys whose values JSON has no form for.
    """

    value: Value = None
    written: Any = None
    failure: Failure | None = None
    varies: tuple[str, ...] = ()
    mutates: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()
    consumed: tuple[str, ...] = ()
    unwritable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """One of Keras' process-wide settings where it differs between two processes.

    ``imported`` is True where importing the user's modules has set it.
    """

    name: str
    here: str
    there: str
    imported: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """What is known of a trip that ended in another process.

    ``twin`` is what the same file gave in the process that saved it, None where all came back
    elsewhere, or nothing here. ``settings`` differ there: they are Keras' defaults. ``stranger`` is
    what a process that never imported the user's modules made of the file: the error, or the class it took.
    """

    twin: Snapshot | None = None
    settings: tuple[Setting, ...] = ()
    stranger: ErrorInfo | str | None = None


@dataclass(frozen=True)
class Trip:
    """One way out and back on ``route``, in one ``form`` (json, raw, functional, alone).

    ``after`` is the snapshot of what came back, or None when ``failure`` says why
    not (a failing call leaves a snapshot and a failure). ``rebuilt`` holds the
    arguments that ``__init__`` received on the way back. ``config`` is the JSON
    form of the restored layer's config. ``shared`` are paths of layers and
    variables that the copy shares with the original. ``unsafe`` is True when the
    trip only succeeded with safe mode off. ``cause`` are the paths of attributes, flags
    and weights that, put back on the copy, make it behave as before; ``hidden`` is True
    when nothing that can be seen does. ``restless`` are keys of the config that came back
    right and change on a second trip. ``before`` is the snapshot to compare with where it is
    not that of the case: the layer left in another state. ``elsewhere`` is set where a trip
    ended in another process.
    """

    route: str
    form: str
    after: Snapshot | None = None
    failure: Failure | None = None
    rebuilt: Mapping[str, Value] | None = None
    config: Any = None
    shared: tuple[str, ...] = ()
    unsafe: bool = False
    cause: tuple[str, ...] = ()
    hidden: bool = False
    restless: tuple[str, ...] = ()
    before: Snapshot | None = None
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True)
class Registration:
    """How Keras names the class (or function), and what that name resolves to.

    What is not registered has its bare name, which may be that of something of Keras' own.
    """

    registered_name: str
    registered: bool
    resolves_to: str | None = None
    collides: bool = False


@dataclass(frozen=True)
class Probe:
    """What a second value for an argument, or several together, showed on the way through the config.

    ``reason`` says why an argument is unproven. ``evidence`` is that of the case with the
    second value, where something came back otherwise; ``value`` that value as text. With the
    outcome "keras", ``reason`` names the class of Keras that loses the argument for its subclasses.
    """

    arguments: tuple[str, ...]
    outcome: Literal["proven", "lost", "unproven", "keras"]
    reason: str = ""
    value: str = ""
    evidence: Evidence | None = None


ChanceKind = Literal["stream", "draw", "moving", "clock", "identity", "order", "shared"]


@dataclass(frozen=True)
class Chance:
    """A place in the user's source where something comes in that arguments and weights do not decide.

    ``doing`` is what ``method`` does there, as "draws from np.random.normal without a seed".
    ``entries`` are the methods by which Keras gets there or feels it, ``attributes`` those that the
    outcome flows into. Draws of the kind "stream" come from one that is seeded before every call, "moving"
    ones from a generator that the layer itself holds; "shared" is state outside the layer that it changes.
    """

    method: str
    file: str
    line: int
    doing: str
    kind: ChanceKind
    entries: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayerFacts:
    """What is known of the class of a layer, and of the arguments that this one was made with."""

    # The constructor arguments of the case, as ``__init__`` received them.
    arguments: tuple[Argument, ...] = ()
    # The names of all arguments that the constructor takes, its parents' included.
    accepted: frozenset[str] = frozenset()
    # Whether the constructor takes the dtype of Keras' Layer, by name or among others.
    takes_dtype: bool = True
    # Where its methods are defined, by name.
    methods: Mapping[str, Method] = field(default_factory=dict)
    # How Keras names the class, None where the layer could not be built.
    registration: Registration | None = None
    # The same of the functions that the layer holds, by their paths.
    functions: Mapping[str, Registration] = field(default_factory=dict)
    # Where its source lets in what arguments and weights do not decide; empty unless that matters.
    chances: tuple[Chance, ...] = ()
    # Whether it is a class of Keras itself.
    is_keras: bool = False
    # The version of that Keras, major and minor.
    keras: tuple[int, int] = (0, 0)
    # Whether it is a Model of which Keras writes the config without having seen its arguments.
    arguments_unseen: bool = False


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
    # The paths of attributes that a call changes.
    counters: frozenset[str] = frozenset()
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
    # The reason for each route (or "route/form") that was not taken.
    skipped: Mapping[str, str] = field(default_factory=dict)
    # How far two numbers may be apart and still be called equal: relative, absolute.
    tolerance: tuple[float, float] = (0.0, 0.0)
    # Why there is no training step to compare.
    untrained: str = ""
    # What the layer's own ``compute_output_shape`` says of the outputs of the inference call:
    # their tree, with shapes as tuples in objects "shape".
    stated: Value = ABSENT
    # Arguments and paths of attributes that classes of Keras lose by themselves, with what
    # is lost, as "GRU.use_cudnn".
    lost_by_keras: Mapping[str, str] = field(default_factory=dict)

    def left(self, trip: Trip) -> Snapshot | None:
        """Return the snapshot of what set out on a trip."""
        return trip.before or self.before
