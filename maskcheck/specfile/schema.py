"""The JSON Schema of the spec."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from maskcheck.model.route import ROUTES
from maskcheck.model.variant import VARIANTS

# What stands in the file for a list of names, each list from the one table that has them.
_NAMES: Mapping[str, tuple[str, ...]] = {"ROUTES": ROUTES, "VARIANTS": VARIANTS}


def schema_text() -> str:
    """Return the JSON Schema of version 1 of the spec (draft 7, which editors know)."""
    text = files("maskcheck.specfile").joinpath("spec.schema.json").read_text(encoding="utf-8")
    for placeholder, names in _NAMES.items():
        text = text.replace(f'"enum": "{placeholder}"', f'"enum": {json.dumps(names)}')
    return text
