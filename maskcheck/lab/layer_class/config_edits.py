"""What a class lacks to keep the arguments of Keras' own Layer, by its source."""

from __future__ import annotations

import inspect

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.describe import find_owner, is_builtin, source_file
from maskcheck.model.layer_facts import BASE_ARGUMENTS, ConfigEdits
from maskcheck.source.edits.base_arguments import find_dropped_key, write_constructor, write_super_config


def describe_edits(cls: type[keras.Layer]) -> ConfigEdits:
    """Return what to write in the constructor and in ``get_config``, where these are the user's own."""
    makes, writes = _locate_owner(cls, "__init__"), _locate_owner(cls, "get_config")
    constructor = write_constructor(*makes) if makes else None
    keys = {key: find_dropped_key(*writes, key) for key in BASE_ARGUMENTS} if writes else {}
    return ConfigEdits(
        constructor=constructor[0] if constructor else None,
        kwargs_user=constructor[1] if constructor else "",
        keywords=_find_keywords(cls),
        super_config=write_super_config(*writes) if writes else None,
        drops={key: edit for key, edit in keys.items() if edit is not None},
    )


def _locate_owner(cls: type[keras.Layer], method: str) -> tuple[str, str] | None:
    """Return the file and name of the class that defines a method, None where that is no user's."""
    owner = find_owner(cls, method)
    file = None if is_builtin(owner) else source_file(owner)
    return (file, owner.__qualname__) if file else None


def _find_keywords(cls: type[keras.Layer]) -> str:
    parameters = inspect.signature(cls.__init__).parameters.values()
    return next((p.name for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD), "")
