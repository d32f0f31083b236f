"""What to write so that the arguments of Keras' own Layer survive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maskcheck.model.layer_facts import SourceEdit
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import is_user_defined, locate


def explain_swallowed(look: Look) -> tuple[str, SourceEdit]:
    """Return why the base class never gets what __init__ takes, and what to write."""
    edits = look.evidence.facts.edits
    message = "__init__ takes {0} and never passes it to super().__init__"
    if edits.kwargs_user:
        message = (
            f"**{edits.keywords} of __init__ go to {edits.kwargs_user} alone, "
            "so that super().__init__ never gets {0}"
        )
    place = _locate(look, "__init__")
    return message, edits.constructor or replace(place, text="super().__init__(**kwargs)")


def mend_config(look: Look, lost: Iterable[str]) -> SourceEdit:
    """Return what to write so that the config has what the base class writes, and __init__ takes it."""
    edits = look.evidence.facts.edits
    dropped = [edits.drops[name] for name in lost if name in edits.drops]
    if dropped:
        return replace(dropped[0], text="\n".join(dict.fromkeys(each.text for each in dropped)))
    if not is_user_defined(look.evidence, "get_config") and edits.keywords not in ("", "kwargs"):
        # Keras looks for this very name before it writes the name of the layer.
        return replace(_locate(look, "__init__"), text=f"**kwargs in place of **{edits.keywords} in __init__")
    if edits.super_config is None and is_user_defined(look.evidence, "get_config"):
        # It begins with what the base class writes, and somewhere leaves this out.
        return _locate(look, "get_config")
    edit = edits.super_config or replace(_locate(look, "get_config"), text="config = super().get_config()")
    if edits.constructor is None:
        return edit
    return replace(edit, text=f"{edit.text}\n# and in __init__:\n{edits.constructor.text}")


def _locate(look: Look, method: str) -> SourceEdit:
    place = locate(look.evidence, method)
    return SourceEdit(place["file"] or "", place["line"] or 0, "")
