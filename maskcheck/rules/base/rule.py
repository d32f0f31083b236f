"""What a rule is, and what it looks at."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal

from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.model.evidence import Evidence, Trip
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.route import ROUTE_TABLE
from maskcheck.rules.base.beyond_keras_file import drop_kept_by_files
from maskcheck.rules.base.keras_losses import Owners, is_lost_by_keras, split_by_owner
from maskcheck.rules.causes import causes_of, group_of

BUILD = "build"
# Routes on which something is saved; those that bring a layer back; of these, those on which the
# constructor's arguments travel, the weights' values do, and both; and those that a .keras file outdoes.
SAVING_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.weights)
LAYER_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.layer)
CONFIG_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.config and route.layer)
WEIGHT_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.weights and route.layer)
WHOLE_ROUTES = tuple(route for route in CONFIG_ROUTES if route in WEIGHT_ROUTES)
PARTIAL_ROUTES = tuple(route.name for route in ROUTE_TABLE if not route.complete)


@dataclass(frozen=True)
class Inconclusive:
    """A check that the evidence cannot decide, and why."""

    reason: str


@dataclass(frozen=True)
class NotApplicable:
    """A check that does not apply to the layer, and why."""

    reason: str


@dataclass(frozen=True)
class Look:
    """One case seen from one trip; ``trip`` is None for what precedes the routes.

    ``files`` are the looks at what came back from .keras files: a config holds no state
    and a weights file no attributes, so what a .keras file brings back is not lost.
    """

    evidence: Evidence
    trip: Trip | None = None
    files: tuple[Look, ...] = ()

    @property
    def route(self) -> str:
        """Return the route, or "build" before the first."""
        return self.trip.route if self.trip else BUILD

    @property
    def arrived(self) -> bool:
        """Tell whether a layer came back that can be compared."""
        return bool(self.trip and self.trip.after and self.evidence.before)

    @property
    def fuller_files(self) -> tuple[Look, ...]:
        """Return the looks at .keras files where the route carries less than these."""
        return self.files if self.route in PARTIAL_ROUTES else ()

    @cached_property
    def contrast(self) -> Contrast:
        """Return the differences that count: those in what only a .keras file carries are left out."""
        return drop_kept_by_files(self.all_differences, [file.all_differences for file in self.fuller_files])

    @cached_property
    def all_differences(self) -> Contrast:
        """Return all differences between what left and what came back; empty if nothing came."""
        before = self.evidence.left(self.trip) if self.trip else None
        after = self.trip.after if self.trip else None
        if before is None or after is None:
            return Contrast()
        found = contrast(before, after, self.evidence.tolerance)
        return replace(
            found, calls=tuple(c for c in found.calls if c.mode not in self.evidence.stability.unstable_modes)
        )

    @cached_property
    def owners(self) -> Owners:
        """Return the differences that count, split into the layer's own and those that Keras itself makes.

        A finding about what Keras loses is a note, whichever differences a rule looks at; this is for
        rules that would mix the two in one finding.
        """
        return split_by_owner(self.evidence, self.contrast)

    @property
    def has_stable_call(self) -> bool:
        """Tell whether there is a mode of calling in which the original agrees with itself."""
        before = self.evidence.before
        return before is not None and bool(before.calls.keys() - self.evidence.stability.unstable_modes)

    @cached_property
    def unstable(self) -> frozenset[str]:
        """Return the paths of attributes in which the layer differs from itself built or loaded again."""
        return self.unstable_between_builds | self.evidence.stability.redrawn

    @cached_property
    def unstable_between_builds(self) -> frozenset[str]:
        """Return the paths of attributes in which the layer differs from itself built again."""
        before, control = self.evidence.before, self.evidence.stability.built_again
        if before is None or control is None:
            return frozenset()
        return frozenset(change.path for change in contrast(before, control).attributes)

    @property
    def behaves_only_from_files(self) -> bool:
        """Tell whether calls give something else here that they do not after a .keras file was loaded."""
        files = self.fuller_files
        return (
            self.all_differences.behaviour
            and bool(files)
            and not any(f.all_differences.behaviour for f in files)
        )

    def changes_behaviour(self) -> bool:
        """Tell whether the trip also changed what a call gives, and a .keras file changes it too."""
        return self.contrast.behaviour and not self.behaves_only_from_files


class Rule(ABC):
    """A pure function from evidence to findings, with the text that explains it.

    Which rules explain what it finds, and when it is judged, stands in the table of causes.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    routes: ClassVar[tuple[str, ...]] = LAYER_ROUTES
    # A route on which its findings explain those of every other rule.
    explains_all_on: ClassVar[str] = ""
    # False for a rule that also judges trips on which nothing came back.
    needs_arrival: ClassVar[bool] = True
    # Whether its findings explain what is found on their own routes only.
    local: ClassVar[bool] = False
    # Whether what it finds is put back on the copy, and so would have mended a call if it were the reason.
    # A lost argument is not: it may have done its work in build already.
    put_back: ClassVar[bool] = False
    # Whether it also judges what came back of a second value for an argument.
    judges_probes: ClassVar[bool] = False
    # What findings of several cases share if they are one fault: the subject; the place in the source,
    # where one omission loses several subjects; the place and the message, where one reason refuses them.
    same_fault: ClassVar[Literal["subject", "place", "reason"]] = "subject"
    # What classes have in common whose warnings are one: the place in the source, or their module.
    warned_by: ClassVar[Literal["place", "module"]] = "place"
    # What reports say of the value before: arguments are given; attributes, weights and outputs simply were.
    before_verb: ClassVar[Literal["was", "given"]] = "was"
    # Whether its hint is source text to write; elsewhere it says what to look at.
    mends: ClassVar[bool] = True
    # The checks of a script that show what it finds, the plainest first; and why there are none.
    shown_by: ClassVar[tuple[str, ...]] = ()
    no_script: ClassVar[str] = (
        "its rule is about what a scan knows of the layer, and nothing that comes back shows it"
    )

    @property
    def requires(self) -> frozenset[str]:
        """Return the codes of the rules whose errors explain this one's: then it is blocked."""
        return causes_of(self.code)

    @property
    def group(self) -> str:
        """Return the group that the rule belongs to in the table of causes, "" if to none."""
        return group_of(self.code)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive | NotApplicable]:
        """Yield what is wrong in one look; nothing when all is well."""
        yield from ()

    def explains(self, finding: Finding) -> bool:
        """Tell whether a finding of this rule can be the reason of what others find."""
        return finding.severity is Severity.ERROR

    def is_shown_alone(self, evidence: Evidence, finding: Finding) -> bool:
        """Tell whether a finding was seen on a layer that took no route, so that nothing else explains it."""
        return False

    def is_about(self, evidence: Evidence, finding: Finding, path: str) -> bool:
        """Tell whether a finding is about what has this path, or about a layer that it is in."""
        return any(f"{path}.".startswith(f"{subject}.") for subject in finding.subjects)

    def shows_in_calls_only(self, finding: Finding) -> bool:
        """Tell whether what a finding is about can only change what a call gives."""
        return False

    def finding(
        self,
        look: Look,
        subjects: str | Iterable[str],
        message: str,
        *,
        severity: Severity | None = None,
        **details: Any,
    ) -> Finding:
        """Return a finding on the look's case and route; a note where Keras itself is the reason.

        Args:
            subjects: the name of what was lost, or all names where they were lost together; what
                has none is named "".
            details: more fields of the finding.
        """
        names = (subjects,) if isinstance(subjects, str) else tuple(dict.fromkeys(subjects)) or ("",)
        if is_lost_by_keras(look.evidence, names):
            severity = Severity.NOTE
        routes = () if look.trip is None else (look.route,)
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            names,
            message,
            case=look.evidence.case,
            routes=routes,
            **details,
        )
