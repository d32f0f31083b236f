"""The names under which new entries are written: short ones where they can mean one class only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from maskcheck.model.case import LayerSpec, Subject


def choose_entry_names(known: Iterable[Subject], entries: Sequence[LayerSpec]) -> dict[str, str]:
    """Return the name of each class by its id.

    It is the bare name where that of no other class of ``known``, and of no class that one
    of ``entries`` names, is the same; else the dotted path.
    """
    names = {subject.id: subject.name for subject in known}
    uses = Counter([*names.values(), *(entry.name.rpartition(".")[2] for entry in entries)])
    return {id: name if uses[name] == 1 else id for id, name in names.items()}
