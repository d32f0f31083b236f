"""What is known of the class of a layer, from its source and from the live class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from maskcheck.model.error import ErrorInfo
from maskcheck.model.value import Value

# What Keras' own Layer takes, keeps and, but for the last two, always writes.
BASE_ARGUMENTS = ("name", "trainable", "dtype", "activity_regularizer", "autocast")


@dataclass(frozen=True)
class Argument:
    """One constructor argument of a case, as ``__init__`` received it."""

    name: str
    given: Value
    # The signature's default, ABSENT without one.
    default: Value
    # The paths of attributes that the source text shows it flowing into.
    attributes: tuple[str, ...] = ()
    # Whether Keras' own Layer handles it (name, dtype, ...).
    base: bool = False
    # Whether the case names it.
    explicit: bool = False
    # The line that get_config lacks when the argument is missing from the config.
    hint: str = ""


@dataclass(frozen=True)
class Method:
    """Where a method of the subject is defined; ``own`` if in the class itself."""

    name: str
    file: str
    line: int
    own: bool
    # Whether Keras, TensorFlow or Python define it.
    builtin: bool
    # Where get_config writes its keys.
    write_line: int | None = None
    # The names of its parameters, "**" before one that takes any; of compile only.
    parameters: tuple[str, ...] = ()
    # The line at which call lacks a return at its end, and what to write there.
    forgotten: tuple[int, str] | None = None


@dataclass(frozen=True)
class SourceEdit:
    """Statements to write at a line of a file, in place of what stands there."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class ConfigEdits:
    """What to write so that a class takes, hands on and writes what Keras' own Layer keeps."""

    # The signature and the call of the base constructor, None where nothing lacks.
    constructor: SourceEdit | None = None
    # What gets the **kwargs in place of the base class, "" if nothing does.
    kwargs_user: str = ""
    # The name of the parameter that takes any keyword arguments, "" without one.
    keywords: str = ""
    # The statement of get_config that starts from the base class's, None where it does already.
    super_config: SourceEdit | None = None
    # The statements of get_config that take keys of the base class out of the config, by key.
    drops: Mapping[str, SourceEdit] = field(default_factory=dict)


@dataclass(frozen=True)
class PartClass:
    """A class of the user's own that a layer holds an object of: a constraint, an initializer, a layer."""

    kind: str
    # Where its get_config is, else the class.
    file: str
    line: int
    # Whether it has a get_config that the user wrote.
    has_config: bool
    # The attributes of the object.
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Registration:
    """How Keras names the class (or function), and what that name resolves to.

    What is not registered has its bare name, which may be that of something of Keras' own.
    """

    registered_name: str
    registered: bool
    resolves_to: str | None = None
    collides: bool = False


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
class KerasNames:
    """How a module writes Keras, and what saves and registers; empty where it imports neither."""

    keras: str = "keras"
    saving: str = "keras.saving"


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
    # How its module writes Keras.
    keras_names: KerasNames = field(default_factory=KerasNames)
    # What it lacks to keep the arguments of the base class.
    edits: ConfigEdits = field(default_factory=ConfigEdits)
    # The classes of the user's own that it holds objects of, by name.
    parts: Mapping[str, PartClass] = field(default_factory=dict)
    # The paths of variables that no file has, and that are the same in every such layer.
    constants: frozenset[str] = frozenset()
    # How Keras names the class, None where the layer could not be built.
    registration: Registration | None = None
    # The same of the functions that the layer holds, by their paths.
    functions: Mapping[str, Registration] = field(default_factory=dict)
    # Where its source lets in what arguments and weights do not decide; empty unless that matters.
    chances: tuple[Chance, ...] = ()
    # Whether it is a class of Keras itself.
    is_keras: bool = False
    # Whether it is a Model, and so its own file.
    is_model: bool = False
    # The version of that Keras, major and minor.
    keras: tuple[int, int] = (0, 0)
    # Which lists of its weights and losses, properties of the user's own, raise once it is built, and how.
    unreadable: Mapping[str, ErrorInfo] = field(default_factory=dict)
    # Whether it is a Model of which Keras writes the config without having seen its arguments.
    arguments_unseen: bool = False
