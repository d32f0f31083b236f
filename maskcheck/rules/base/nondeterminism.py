"""What in the source makes a layer differ from itself."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Chance
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.source_location import Place, locate

_MAKING = ("__init__", "build")
_CALLING = ("call", "compute_mask")
_STARTING = ("call", "get_initial_state")
_LOADING = ("from_config", "build_from_config", "load_own_variables", "load_assets")
# From the plainest to the least plain; streams are seeded before every call, so none of them is a cause.
_UNSTABLE = ("draw", "moving", "clock", "identity", "order", "shared")

_BY_PROCESS = ("order", "identity", "shared")


def find_output_cause(evidence: Evidence) -> Chance | None:
    """Return what makes two equal calls differ, None where the source does not show it."""
    leading = list(_list_reached(evidence, _CALLING))
    return next((c for kind in _UNSTABLE for c in leading if c.kind == kind), None)


def find_attribute_cause(look: Look, path: str) -> Chance | None:
    """Return what draws an attribute of the layer, None where the source does not show it."""
    entries = _MAKING if path in look.unstable_between_builds else (*_LOADING, *_MAKING)
    if path in look.evidence.stability.made_in_calls:
        entries = (*_STARTING, *entries)
    found = [chance for chance in _list_reached(look.evidence, entries) if chance.kind != "moving"]
    feeding = [chance for chance in found if path in chance.attributes]
    # What a method of its own or a function returns may flow anywhere.
    helping = [chance for chance in found if not chance.attributes and chance.method not in entries]
    return next(iter([*feeding, *helping] if "." not in path else []), None)


def find_process_cause(evidence: Evidence, path: str | None = None) -> Chance | None:
    """Return what makes a layer, or one attribute of it, depend on its process; None if nothing is seen."""
    found = (c for kind in _BY_PROCESS for c in evidence.facts.chances if c.kind == kind)
    return next((c for c in found if path is None or path in c.attributes), None)


def describe_occasion(look: Look, path: str) -> str:
    """Return when an attribute is drawn: "built" or "loaded"."""
    return "built" if path in look.unstable_between_builds else "loaded"


def locate_cause(cause: Chance | None, evidence: Evidence, *methods: str) -> Place:
    """Return the place of the cause, else that of the first of ``methods`` that the class defines."""
    return {"file": cause.file, "line": cause.line} if cause else locate(evidence, *methods)


def _list_reached(evidence: Evidence, entries: tuple[str, ...]) -> Iterator[Chance]:
    return (chance for entry in entries for chance in evidence.facts.chances if entry in chance.entries)
