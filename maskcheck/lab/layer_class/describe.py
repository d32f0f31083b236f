"""What source text and signatures say of a class: its constructor arguments, and where its methods are."""

from __future__ import annotations

import inspect
import linecache
from collections.abc import Mapping, Set

from maskcheck.lab.keras_api import TECHNICAL, keras
from maskcheck.lab.layer.error_info import error_info
from maskcheck.lab.layer.guarded import REFUSALS, read_attribute
from maskcheck.lab.layer_class.constructor import default_of, parameters
from maskcheck.lab.layer_class.written_argument import write_argument
from maskcheck.model.error import ErrorInfo
from maskcheck.model.layer_facts import BASE_ARGUMENTS, Argument, Method
from maskcheck.model.value import Value
from maskcheck.source.arguments.attribute_flow import attribute_flows
from maskcheck.source.arguments.usage import Usage, argument_usages
from maskcheck.source.edits.methods import ClassSource, class_source, hint_for_key
from maskcheck.source.edits.returns import find_forgotten_return

_LISTS = (
    "weights",
    "trainable_weights",
    "non_trainable_weights",
    "variables",
    "trainable_variables",
    "losses",
)
METHODS = (
    "__init__",
    "build",
    "call",
    "__call__",
    "compute_mask",
    "compute_output_shape",
    "compile",
    "get_compile_config",
    "compile_from_config",
    "get_config",
    "from_config",
    "get_build_config",
    "build_from_config",
    "save_own_variables",
    "load_own_variables",
    "save_assets",
    "load_assets",
)


def describe_arguments(
    cls: type[keras.Layer], layer: keras.Layer, received: Mapping[str, Value], explicit: Set[str]
) -> tuple[Argument, ...]:
    """Return every constructor argument of a layer with what the source says of its way.

    Args:
        cls: the class that was called to make it.
        received: the values that ``__init__`` got, by argument.
        explicit: the arguments that were given rather than left at their defaults.
    """
    ways = _ways(cls)
    file = source_file(cls) or ""
    source, usages = class_source(file, cls.__qualname__), argument_usages(file, cls.__qualname__)
    return tuple(
        _argument(
            cls, layer, name, given, name in explicit, ways.get(name, ()), usages.get(name, Usage()), source
        )
        for name, given in received.items()
        if not name.startswith("*") and name not in TECHNICAL
    )


def _argument(
    cls: type[keras.Layer],
    layer: keras.Layer,
    name: str,
    given: Value,
    explicit: bool,
    ways: tuple[str, ...],
    usage: Usage,
    source: ClassSource | None,
) -> Argument:
    kept = tuple(way for way in ways if not way.startswith("super:"))
    return Argument(
        name=name,
        given=given,
        default=default_of(cls, name),
        attributes=kept,
        base=name in BASE_ARGUMENTS and _reaches_base(cls, name, ways),
        explicit=explicit,
        hint=_hint(layer, name, given, kept, usage, source),
    )


def _hint(
    layer: keras.Layer,
    name: str,
    given: Value,
    attributes: tuple[str, ...],
    usage: Usage,
    source: ClassSource | None,
) -> str:
    """Return what to write so that the config holds an argument, with what ``__init__`` needs for it."""
    written = write_argument(layer, name, given, attributes, usage.passed)
    text = f'"{name}": {written.expression}'
    if source:
        text = hint_for_key(source, name, written.expression)
    if not written.keep:
        return text
    first, *rest = text.splitlines()
    return "\n".join([f"{first}  # and in __init__: {written.keep}", *rest])


def _reaches_base(cls: type[keras.Layer], name: str, ways: tuple[str, ...]) -> bool:
    """Tell whether Keras' own Layer gets the argument: in ``**kwargs`` or passed on by name."""
    return name not in parameters(cls) or not ways or any(way.startswith("super:") for way in ways)


def _ways(cls: type[keras.Layer]) -> dict[str, tuple[str, ...]]:
    """Return the attributes each argument flows into, in the class and its own bases."""
    found: dict[str, tuple[str, ...]] = {}
    for base in cls.__mro__:
        if is_builtin(base):
            break
        file = source_file(base)
        for name, ways in attribute_flows(file, base.__qualname__).items() if file else ():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *ways)))
    return found


def describe_methods(cls: type[keras.Layer]) -> Mapping[str, Method]:
    """Return where each method that takes part in a round trip is defined."""
    return {name: describe_method(cls, name) for name in METHODS}


def find_owner(cls: type, name: str) -> type:
    """Return the class that defines what a class has under a name; Keras' Layer where none does."""
    return next((base for base in cls.__mro__ if name in vars(base)), keras.Layer)


def describe_method(cls: type[keras.Layer], name: str) -> Method:
    """Return where a method of a class is defined."""
    owner = find_owner(cls, name)
    file = source_file(owner) or ""
    source = class_source(file, owner.__qualname__) if file and not is_builtin(owner) else None
    method = source.methods.get(name) if source else None
    line = method.line if method else _line(vars(owner).get(name))
    lacking = find_forgotten_return(file, owner.__qualname__, name) if source and name == "call" else None
    return Method(
        name=name,
        file=file,
        line=line,
        own=owner is cls,
        builtin=is_builtin(owner),
        write_line=source.write_line if source and name == "get_config" else None,
        parameters=_parameter_names(vars(owner).get(name)) if name == "compile" else (),
        forgotten=(lacking.line, lacking.text) if lacking else None,
    )


def _parameter_names(function: object) -> tuple[str, ...]:
    parameters = inspect.signature(function).parameters.values() if callable(function) else ()
    return tuple(str(p).partition(":")[0].partition("=")[0] for p in parameters)


def find_unreadable(layer: keras.Layer) -> Mapping[str, ErrorInfo]:
    """Return the lists of weights and losses that are properties of the user's own and raise, and how."""
    found: dict[str, ErrorInfo] = {}
    for name in _LISTS:
        owner = find_owner(type(layer), name)
        if is_builtin(owner):
            continue
        try:
            list(getattr(layer, name))
        except REFUSALS as error:
            found[name] = error_info(error)
    return found


def hides_arguments(cls: type[keras.Layer]) -> bool:
    """Tell whether Keras writes the config of a Model, which it makes without seeing the arguments."""
    return issubclass(cls, keras.Model) and cls.get_config is keras.Layer.get_config


def is_builtin(cls: type) -> bool:
    """Tell whether a class is none that its user wrote: Keras', TensorFlow's or Python's."""
    return cls.__module__.partition(".")[0] in ("keras", "tf_keras", "builtins", "tensorflow")


def source_file(cls: type) -> str | None:
    """Return the file that defines a class, None where it has no source.

    Of a class in a notebook only its methods know: each cell counts as a file.
    """
    try:
        return inspect.getsourcefile(cls)
    except (TypeError, OSError):
        codes = (read_attribute(member, "__code__") for member in vars(cls).values())
        files = dict.fromkeys(code.co_filename for code in codes if code is not None)
        return next((file for file in files if linecache.getlines(file)), None)


def _line(function: object) -> int:
    code = read_attribute(read_attribute(function, "__func__", function), "__code__")
    return int(getattr(code, "co_firstlineno", 0))
