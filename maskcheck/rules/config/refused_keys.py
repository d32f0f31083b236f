"""Refusals of keys of the config: those of the base class, those of nobody, those that are None."""

from __future__ import annotations

from maskcheck.model.error import ErrorInfo, ErrorKind, Meaning
from maskcheck.model.layer_facts import BASE_ARGUMENTS
from maskcheck.model.value import DictValue
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import Place, locate_error
from maskcheck.rules.base.text import describe_error, join_names
from maskcheck.rules.config.reason import Reason


def explain_base_keys(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal of what Keras writes to every config, by a constructor that takes none of it."""
    meaning = error.meaning(ErrorKind.UNEXPECTED_ARGUMENT)
    facts = look.evidence.facts
    if meaning is None or not meaning.names or not _is_of_layer(look, meaning) or facts.edits.keywords:
        return None
    config = look.evidence.config.value
    keys = [str(key) for key, _ in config.items] if isinstance(config, DictValue) else list(meaning.names)
    refused = tuple(
        key for key in keys if key in BASE_ARGUMENTS and key not in facts.accepted and key not in _named(look)
    )
    edit = facts.edits.constructor
    if meaning.names[0] not in refused or edit is None:
        return None
    says = f"__init__ does not take {join_names(refused)}, which the config has from super().get_config()"
    return Reason(refused, says, edit.text, Place(file=edit.file, line=edit.line))


def explain_unknown_keys(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal of keys that no constructor takes, where every argument has a key of its own."""
    if not error.meaning(ErrorKind.UNRECOGNIZED_ARGUMENTS) or not look.evidence.facts.accepted:
        return None
    config = look.evidence.config.value
    keys = [str(key) for key, _ in config.items] if isinstance(config, DictValue) else []
    known = look.evidence.facts.accepted.union(BASE_ARGUMENTS)
    unknown = tuple(key for key in keys if key not in known)
    own = [argument.name for argument in look.evidence.facts.arguments if not argument.base]
    if not unknown or any(name not in keys for name in own):
        return None
    names = join_names(unknown)
    hint = f"leave {names} out of what get_config returns"
    return Reason(unknown, f"the config has {names}, which no constructor takes", hint)


def explain_none(look: Look, error: ErrorInfo) -> Reason | None:
    """Explain a refusal by what is None in the config, and treated by from_config as if it never were."""
    unset = [key for key in error.keys if get_written_value(look.evidence, key) is None]
    if error.function != "from_config" or len(unset) != 1:
        return None
    says = f"from_config deserializes {unset[0]}, which is None in the config: {describe_error(error)}"
    hint = f'if config["{unset[0]}"] is not None:  # above this line'
    return Reason((unset[0],), says, hint, locate_error(look.evidence, error, "from_config"))


def _named(look: Look) -> frozenset[str]:
    """Return the arguments that the constructor names, those of the base class among them."""
    return frozenset(argument.name for argument in look.evidence.facts.arguments)


def _is_of_layer(look: Look, meaning: Meaning[ErrorKind]) -> bool:
    """Tell whether the constructor of the layer itself raised, as far as the text says who did."""
    return meaning.get("class") in ("", look.evidence.subject.name)
