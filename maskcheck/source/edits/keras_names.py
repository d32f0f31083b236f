"""Lines to write, in the names that the module has in which they are to stand."""

from __future__ import annotations

import re

from maskcheck.model.layer_facts import KerasNames

# As hints have it; what is a part of another name is the user's.
_KERAS = re.compile(r"(?<![\w.])keras(\.saving)?(?=\.\w)")


def write_keras_names(text: str, names: KerasNames) -> str:
    """Return lines with Keras under the names of a module, and the import that it lacks."""
    if not _KERAS.search(text):
        return text
    if not names.keras:
        return f"import keras\n{text}"
    return _KERAS.sub(lambda found: names.saving if found[1] else names.keras, text)
