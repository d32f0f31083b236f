"""How a limit of a format shows on one trip: what of the layer meets it, if anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maskcheck.model.error import ErrorKind
from maskcheck.rules.base.beyond_keras_file import is_tracked, list_kept_by_files
from maskcheck.rules.base.rule import CONFIG_ROUTES, Look
from maskcheck.rules.base.source_location import is_user_defined


def refused(kind: ErrorKind, subject: str, name: str = "") -> Callable[[Look], Sequence[str]]:
    """Return a test for trips that failed with an error of this kind, about ``name`` if one is given."""

    def meets(look: Look) -> Sequence[str]:
        failure = look.trip.failure if look.trip else None
        meanings = failure.error.meanings if failure else ()
        met = any(one.kind is kind and name in ("", one.get("name")) for one in meanings)
        return (subject,) if met else ()

    return meets


def left_in_files(look: Look) -> Sequence[str]:
    """Return what .keras files brought back and this trip did not; "outputs" if nothing else shows it."""
    if not (look.arrived and look.fuller_files) or not (
        look.route in CONFIG_ROUTES or look.behaves_only_from_files
    ):
        return ()
    names = list_kept_by_files(look.all_differences, [file.all_differences for file in look.fuller_files])
    return names or (("outputs",) if look.behaves_only_from_files and not _find_lost_weights(look) else ())


def own_variables(look: Look) -> Sequence[str]:
    """Return the own methods to save and load, where only files that go by them bring weights back."""
    methods = ("save_own_variables", "load_own_variables")
    return methods if is_user_defined(look.evidence, *methods) and _is_worse_than_files(look) else ()


def _is_worse_than_files(look: Look) -> bool:
    """Tell whether weights are lost or changed here that a .keras file brings back."""
    whole = [file for file in look.fuller_files if not _find_lost_weights(file)]
    return bool(whole) and (not look.arrived or bool(_find_lost_weights(look)))


def _find_lost_weights(look: Look) -> list[str]:
    """Return the paths of the weights that did not come back, or with other values."""
    changes = [change for change in look.all_differences.weights if is_tracked(change)]
    return [c.path for c in changes if c.difference or c.before is None or c.after is None]


def own_model(look: Look) -> Sequence[str]:
    """Return the name of a Model that is a class of the user's and did not come back as it is."""
    trip, name = look.trip, look.evidence.subject.name
    refused = trip is not None and trip.form == "model" and trip.failure is not None
    return (name,) if refused and not look.evidence.facts.is_keras else ()


def axes(look: Look) -> Sequence[str]:
    """Return "axis" where the layer has several and did not come back."""
    written = look.evidence.config.written
    axis = written.get("axis") if isinstance(written, dict) else None
    one = axis is None or isinstance(axis, (int, float)) or (isinstance(axis, list) and len(axis) == 1)
    return () if one or look.arrived else ("axis",)


def off_attributes(look: Look) -> Sequence[str]:
    """Return the weights that only .keras files bring back."""
    filed = {path for file in look.fuller_files for path in _find_lost_weights(file)}
    return [path for path in _find_lost_weights(look) if path not in filed] if look.fuller_files else ()


def plain_model(look: Look) -> Sequence[str]:
    """Return the name of a Model that comes back as one of Keras' own classes of models."""
    after = {
        str(difference.after).rpartition(".")[2]
        for difference in look.all_differences.classes
        if not difference.path
    }
    return (look.evidence.subject.name,) if after & {"Functional", "Sequential"} else ()
