"""The entries of a spec to the subjects that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.errors import SpecError, did_you_mean
from maskcheck.model.case import LayerSpec, Spec, Subject

_SHOWN = 10


def match_spec(spec: Spec, subjects: Sequence[Subject]) -> tuple[dict[str, LayerSpec], tuple[LayerSpec, ...]]:
    """Return the entry of each subject by its id, and the entries that match no subject.

    An entry names a class by its name, its dotted path, or an end of that path. One with
    ``skip`` may match nothing: it is not among those returned.

    Raises:
        SpecError: an entry means several subjects, or two entries mean the same one.
    """
    matched: dict[str, LayerSpec] = {}
    unmatched: list[LayerSpec] = []
    for entry in spec.layers:
        ids = _matching_ids(entry.name, subjects)
        if len(ids) > 1:
            message = f"{entry.name!r} names {len(ids)} classes"
            raise SpecError(message, mark=entry.mark, hint=f"write one of: {_list_names(ids)}")
        if not ids and entry.skip is None:
            unmatched.append(entry)
        for subject_id in ids:
            if subject_id in matched:
                first = matched[subject_id]
                message = f"{entry.name!r} and {first.name!r} on line {first.mark.line} are the same class"
                raise SpecError(message, mark=entry.mark, hint="write all its cases in one entry")
            matched[subject_id] = entry
    return matched, tuple(unmatched)


def make_unknown_class_error(entry: LayerSpec, subjects: Sequence[Subject]) -> SpecError:
    """Return the error that ``entry`` names none of ``subjects``, with the nearest valid name."""
    ids = sorted({subject.id for subject in subjects})
    names = ids if "." in entry.name else sorted({subject.name for subject in subjects})
    hint = did_you_mean(entry.name, names) or (f"known: {_list_names(names)}" if names else "")
    return SpecError(f"no layer is named {entry.name!r}", mark=entry.mark, hint=hint)


def _matching_ids(name: str, subjects: Sequence[Subject]) -> list[str]:
    ids = list(dict.fromkeys(subject.id for subject in subjects))
    if name in ids:
        return [name]
    return [subject_id for subject_id in ids if subject_id.endswith(f".{name}")]


def _list_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
