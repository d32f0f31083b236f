"""Why a config is refused, where more is known than what the error says: one function for each reason."""

from __future__ import annotations

from collections.abc import Callable

from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.model.layer_facts import PartClass
from maskcheck.model.value import DictValue, ListValue, ObjectValue, ReferenceValue
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.config_refusals import write_deserialization
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import Place, is_user_defined, locate
from maskcheck.rules.base.text import describe_error, join_names
from maskcheck.rules.config.reason import Reason
from maskcheck.rules.config.refused_keys import explain_base_keys, explain_none, explain_unknown_keys

_OF_ARGUMENTS = (ErrorKind.MISSING_ARGUMENT, ErrorKind.UNEXPECTED_ARGUMENT)


def _explain_lists(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal of lists by what has to be a tuple; a file has no other form for it."""
    refused = look.evidence.refused_lists
    if refused is None:
        return None
    if refused.keys:
        verb, kind = ("come", "lists") if len(refused.keys) > 1 else ("comes", "a list")
        names = join_names(refused.keys)
        meaning = f"{names} {verb} back as {kind}, where a tuple is needed: {describe_error(error)}"
        return Reason(refused.keys, meaning, refused.hint, locate(look.evidence, "__init__"))
    meaning = (
        "build() is given its shapes as lists when a file is loaded, where it needs tuples: "
        f"{describe_error(error)}"
    )
    return Reason(("build",), meaning, refused.hint, locate(look.evidence, "build"))


def _explain_part(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal by the class of something that the layer holds: its own config does not fit."""
    meaning = error.meaning(*_OF_ARGUMENTS)
    part = look.evidence.facts.parts.get(meaning.get("class")) if meaning else None
    if meaning is None or part is None or not meaning.names:
        return None
    name = meaning.get("class")
    who = f"{name}, {part.kind},"
    names = join_names(meaning.names)
    place = Place(file=part.file, line=part.line)
    if meaning.kind is ErrorKind.UNEXPECTED_ARGUMENT:
        says = f"{who} does not take {names}, which its own config has"
        return Reason(meaning.names, says, f'leave "{names}" out of what get_config of {name} returns', place)
    if not part.has_config:
        says = f"{who} has no get_config, so that {names} is not in its config"
        return Reason(meaning.names, says, _write_config(part, meaning.names), place)
    says = f"{who} needs {names}, which its config leaves out"
    return Reason(meaning.names, says, _write_keys(part, meaning.names), place)


def _write_config(part: PartClass, names: tuple[str, ...]) -> str:
    start = "**super().get_config(), " if part.kind in ("a layer", "a model") else ""
    return f"def get_config(self):\n    return {{{start}{_write_keys(part, names)}}}"


def _write_keys(part: PartClass, names: tuple[str, ...]) -> str:
    """Return the entries of a config; what the object does not keep has to be kept first."""
    lacking = [name for name in names if name not in part.attributes]
    kept = f"  # and in __init__: {'; '.join(f'self.{name} = {name}' for name in lacking)}" if lacking else ""
    return ", ".join(f'"{name}": self.{name}' for name in names) + kept


def _explain_other_class(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal by a class of which nothing is known, made on the way back."""
    meaning = error.meaning(ErrorKind.MISSING_ARGUMENT)
    accepted = look.evidence.facts.accepted
    cls, name = (meaning.get("class"), next(iter(meaning.names), "")) if meaning else ("", "")
    if not (cls and accepted) or name in accepted:
        return None
    return Reason((name,), f"a {cls} in it is made without the required argument {name}", "")


def _explain_overwritten(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal of a layer that stands in the config where a plain value was given."""
    for argument in look.evidence.facts.arguments:
        written = get_written_value(look.evidence, argument.name)
        plain = not isinstance(argument.given, (DictValue, ListValue, ObjectValue, ReferenceValue))
        if plain and isinstance(written, ReferenceValue) and not argument.base:
            says = f"{argument.name} is a layer in the config: __init__ keeps one under the argument's name"
            return Reason((argument.name,), f"{says}: {describe_error(error)}", argument.hint)
    return None


def _explain_added_twice(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain why a Sequential model gets its layers twice."""
    if not error.meaning(ErrorKind.LAYERS_ADDED_TWICE) or is_user_defined(look.evidence, "from_config"):
        return None
    own = [argument.name for argument in look.evidence.facts.arguments if not argument.base]
    keys = ", ".join(f'"{name}": self.{name}' for name in ["name", "trainable", *own])
    hint = (
        f"def get_config(self):\n    return {{{keys}}}\n\n"
        "@classmethod\ndef from_config(cls, config, custom_objects=None):\n    return cls(**config)"
    )
    says = "__init__ adds the layers of the model, and from_config adds those of the config again"
    return Reason(("layers",), says, hint)


def _explain_lost_graph(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal by a model that was made of the inputs and outputs of a graph."""
    if error.kind is not ErrorKind.GRAPH_LOST:
        return None
    meaning = (
        "the config has no graph: Keras writes it only for a model whose constructor takes exactly "
        "inputs, outputs, name and **kwargs"
    )
    return Reason(
        ("inputs", "outputs"), meaning, "draw the graph in __init__, from arguments that get_config writes"
    )


def _explain_lock(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain the refusal without a word of a layer that Keras closes to further weights."""
    if not error.meaning(ErrorKind.LAYER_LOCKED):
        return None
    meaning = "build() adds a weight once Keras has enabled LoRA again, after which it takes no more"
    return Reason(("build",), meaning, "super().build(input_shape) below what adds weights")


def _explain_description(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal by a layer that came as the dict that describes it."""
    if not error.meaning(ErrorKind.DICT_AS_OBJECT):
        return None
    arguments = look.evidence.facts.arguments
    given = [each.name for each in arguments if isinstance(each.given, (ReferenceValue, ObjectValue))]
    if not given:
        return None
    meaning = f"{given[0]} comes back as the dict that describes it, because nobody deserializes it"
    return Reason((given[0],), meaning, write_deserialization(look, given[0]))


# In the order in which they are asked.
REASONS: tuple[Callable[[Look, ErrorInfo], Reason | None], ...] = (
    _explain_lists,
    _explain_part,
    explain_base_keys,
    _explain_overwritten,
    _explain_added_twice,
    _explain_lost_graph,
    _explain_lock,
    _explain_description,
    explain_none,
    explain_unknown_keys,
    _explain_other_class,
)
