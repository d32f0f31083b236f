"""What to write where an object of the config is not made an object again."""

from __future__ import annotations

from maskcheck.model.value import DictValue
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import is_user_defined


def write_deserialization(look: Look, name: str) -> str:
    """Return the lines for ``from_config``, and for ``get_config`` where it does not serialize the object.

    The config is copied: whoever hands one to ``from_config`` may use it again.
    """
    line = f'config = {{**config, "{name}": keras.saving.deserialize_keras_object(config["{name}"])}}'
    if not is_user_defined(look.evidence, "from_config"):
        line = f"@classmethod\ndef from_config(cls, config):\n    {line}\n    return cls(**config)"
    written = get_written_value(look.evidence, name)
    if isinstance(written, DictValue) and "class_name" in dict(written.items):
        return line
    return f'"{name}": keras.saving.serialize_keras_object(self.{name}),  # in get_config\n{line}'
