"""What a refused config means, and what to write instead, by the kind of the error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maskcheck.compare.values import is_marker
from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import is_user_defined
from maskcheck.rules.base.text import join_names


@dataclass(frozen=True)
class Refusal:
    """What it means and what to write; {0} is what the error names, its subject unless another is given."""

    meaning: str
    hint: str
    subject: str = ""


_REFUSALS: Mapping[ErrorKind, Refusal] = {
    ErrorKind.MISSING_ARGUMENT: Refusal(
        "the required argument {0} is not in the config", 'config.update({{"{0}": self.{0}}})'
    ),
    ErrorKind.UNEXPECTED_ARGUMENT: Refusal(
        "the config has {0}, which __init__ does not take",
        "take **kwargs in __init__ and pass them to super().__init__(**kwargs)",
    ),
    ErrorKind.REPEATED_ARGUMENT: Refusal(
        "{0} is fixed in __init__ and comes again from the config",
        'config.pop("{0}") in get_config, or let __init__ take {0}',
    ),
    ErrorKind.UNRECOGNIZED_ARGUMENTS: Refusal(
        "the config has {0}, which no constructor takes",
        "write the key under the name of the argument, or leave it out",
    ),
    ErrorKind.MODULE_MISSING: Refusal(
        "the config describes {0} by the name of its class alone, so Keras cannot find it when loading",
        "keras.saving.serialize_keras_object(...) of it, instead of a dict of your own",
    ),
    ErrorKind.UNKNOWN_OBJECT: Refusal(
        "{0} is not registered, so Keras cannot find it when loading",
        "@keras.saving.register_keras_serializable() above {0}",
    ),
    ErrorKind.STATE_AFTER_BUILD: Refusal(
        "a sub-layer comes back built from its config, and build() builds it again",
        "if not self.inner.built: self.inner.build(input_shape)",
        subject="built",
    ),
}


def explain(error: ErrorInfo) -> tuple[tuple[str, ...], str, str]:
    """Return the subjects, the meaning and the remedy of a refusal; all empty if it is unknown."""
    for meaning in error.meanings:
        refusal, names = _REFUSALS.get(meaning.kind), meaning.names
        # Of the arguments that Keras does not recognize the values are quoted as well.
        named = names if meaning.kind is ErrorKind.MISSING_ARGUMENT else names[:1]
        if refusal and (named or refusal.subject):
            subjects = (refusal.subject,) if refusal.subject else named
            return subjects, refusal.meaning.format(join_names(named)), refusal.hint.format(join_names(named))
    return (), "", ""


def write_deserialization(look: Look, name: str) -> str:
    """Return the lines for ``from_config``, and for ``get_config`` where it does not serialize the object.

    The config is copied: whoever hands one to ``from_config`` may use it again.
    """
    line = f'config = {{**config, "{name}": keras.saving.deserialize_keras_object(config["{name}"])}}'
    if not is_user_defined(look.evidence, "from_config"):
        line = f"@classmethod\ndef from_config(cls, config):\n    {line}\n    return cls(**config)"
    if is_marker(get_written_value(look.evidence, name)):
        return line
    return f'"{name}": keras.saving.serialize_keras_object(self.{name}),  # in get_config\n{line}'
