"""The JSON Schema of the spec."""

from __future__ import annotations

from importlib.resources import files


def schema_text() -> str:
    """Return the JSON Schema of version 1 of the spec (draft 7, which editors know)."""
    return files("maskcheck.specfile").joinpath("spec.schema.json").read_text(encoding="utf-8")
