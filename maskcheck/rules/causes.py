"""What explains what: the one table of causes, and the order in which rules are judged.

Where a rule finds something, what the rules that explain it found is the reason: the one fault
is reported, and the other finding becomes a consequence of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

CONFIG: Final = "config"
ATTRIBUTES: Final = "attributes"
WEIGHTS: Final = "weights"
LOADING: Final = "loading"
BEHAVIOUR: Final = "behaviour"

# Rules that explain the same, or are explained by the same. Not every rule belongs to one of them.
GROUPS: Mapping[str, tuple[str, ...]] = {
    # What an argument that is lost does to the layer is that argument's fault.
    CONFIG: ("MC101", "MC102", "MC103", "MC104", "MC105", "MC106", "MC108", "MC109"),
    ATTRIBUTES: ("MC107", "MC201", "MC202", "MC203", "MC204", "MC701"),
    WEIGHTS: ("MC301", "MC302", "MC303", "MC304", "MC306", "MC307", "MC308"),
    # What comes back changed although the layer writes it.
    LOADING: ("MC602", "MC604", "MC607"),
    BEHAVIOUR: ("MC401", "MC402", "MC403", "MC404", "MC502", "MC503"),
}
# name, dtype and trainable decide neither what is drawn nor which values a weight has.
_OWN_CONFIG = tuple(code for code in GROUPS[CONFIG] if code != "MC105")
_LOSSES = (CONFIG, ATTRIBUTES, WEIGHTS, LOADING)

# Each rule with what explains it: rules and groups. A rule is judged after all that explain it; beyond that
# the order of the rows decides. It is the order of findings and checks in every report, and of two
# causes that both explain a finding the first is named.
EXPLAINED_BY: Mapping[str, tuple[str, ...]] = {
    # Whether there is anything to check.
    "MC001": (),
    "MC002": (),
    "MC003": (),
    "MC004": (),
    "MC005": (),
    "MC006": (),
    "MC008": (),
    "MC009": (),
    # The config as a whole, how its class is found, and the file around it.
    "MC106": (),
    "MC108": ("MC106",),
    "MC103": ("MC106", "MC108"),
    "MC604": ("MC103", "MC106"),
    "MC603": (),
    "MC606": (),
    "MC607": (),
    "MC608": (),
    "MC605": ("MC608",),
    "MC109": ("MC103", "MC106", "MC604", "MC607"),
    "MC310": (),
    "MC601": ("MC106", "MC310", "MC607"),
    # Single arguments.
    "MC105": ("MC103", "MC106", "MC109"),
    "MC101": ("MC103", "MC106", "MC108", "MC109", "MC604"),
    "MC102": ("MC103", "MC106", "MC108", "MC109", "MC604"),
    "MC104": ("MC103", "MC106", "MC108", "MC109", "MC604"),
    "MC107": ("MC103", "MC106", "MC109"),
    # Attributes and sub-layers, and the state that no config holds.
    "MC203": ("MC103", "MC106", "MC107", "MC109"),
    "MC304": (CONFIG,),
    "MC307": (CONFIG, "MC601", "MC607"),
    "MC202": (*_OWN_CONFIG, "MC107", "MC307", "MC604"),
    "MC201": (CONFIG, "MC107", "MC202", "MC203", "MC307", "MC604"),
    "MC204": (CONFIG, "MC107", "MC202", "MC203"),
    "MC701": (CONFIG, "MC107", "MC203"),
    # Weights and flags.
    "MC305": (CONFIG, "MC701"),
    "MC306": (CONFIG, "MC204", "MC305", "MC307", "MC607", "MC701"),
    "MC302": (*_OWN_CONFIG, "MC203", "MC204", "MC304", "MC307", "MC607", "MC701"),
    "MC303": (CONFIG, "MC107", "MC204", "MC305", "MC307", "MC607", "MC701"),
    "MC301": (*_OWN_CONFIG, "MC204", "MC305", "MC307", "MC607", "MC701"),
    "MC308": (CONFIG,),
    "MC602": (
        *(CONFIG, "MC107", "MC203", "MC204", "MC701"),
        *("MC301", "MC302", "MC305", "MC306", "MC307"),
        *("MC601", "MC603", "MC604", "MC607", "MC608"),
    ),
    "MC309": (CONFIG, "MC204", "MC301", "MC302", "MC303", "MC304", "MC305", "MC306", "MC602", "MC701"),
    "MC501": (CONFIG,),
    # What calls give.
    "MC007": ("MC108",),
    "MC702": (*_LOSSES, "MC007"),
    "MC402": (*_LOSSES, "MC007", "MC702"),
    "MC401": (*_LOSSES, "MC007", "MC702", "MC402"),
    "MC403": (*_LOSSES, "MC007", "MC702", "MC402", "MC401"),
    "MC405": (),
    "MC406": (),
    "MC407": (),
    "MC408": (),
    "MC409": (),
    "MC404": (*_LOSSES, "MC007", "MC702", "MC402", "MC401", "MC403", "MC305", "MC501"),
    "MC502": (*_LOSSES, "MC702", "MC501"),
    "MC503": (*_LOSSES, "MC702", "MC501", "MC502"),
}


# What follows from a rule's finding in any case, and need not be said beside it: a config that is refused
# makes every file useless, and one that cannot be written makes none.
IMPLIED: Mapping[str, tuple[str, ...]] = {"MC103": ("MC602",), "MC106": ("MC601", "MC602")}


@cache
def causes_of(code: str) -> frozenset[str]:
    """Return the codes of the rules that explain what the rule ``code`` finds."""
    return frozenset(cause for name in EXPLAINED_BY.get(code, ()) for cause in GROUPS.get(name, (name,)))


@cache
def group_of(code: str) -> str:
    """Return the group that the rule ``code`` belongs to, "" if to none."""
    return next((group for group, codes in GROUPS.items() if code in codes), "")


def list_explanations(group: str) -> tuple[tuple[str, str], ...]:
    """Return who explains whom, cause before effect, among the rules of a group; "" is for those of none.

    A cause is the code of a rule, or the name of a group where each of its rules is a cause.
    """
    rows = ((code, causes) for code, causes in EXPLAINED_BY.items() if group_of(code) == group)
    return tuple((cause, code) for code, causes in rows for cause in causes)


def sort_by_causes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes in the order in which their rules are judged; those without a row come last."""
    wanted = set(codes)
    found: dict[str, None] = {}
    for code in (*EXPLAINED_BY, *sorted(wanted - EXPLAINED_BY.keys())):
        found.update(dict.fromkeys(_with_causes(code, found)))
    return tuple(code for code in found if code in wanted)


def _with_causes(code: str, found: Mapping[str, None]) -> Iterator[str]:
    """Yield the causes of a rule that are not found yet, each after its own, and then the rule."""
    if code not in found:
        for cause in sorted(causes_of(code), key=list(EXPLAINED_BY).index):
            yield from _with_causes(cause, found)
        yield code
