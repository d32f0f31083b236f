"""The ways to show a finding: the checks of its rule, each on the trips on which it can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maskcheck.model.finding import Finding
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.request import Plan
from maskcheck.rules.attributes.attribute_lost import AttributeLost
from maskcheck.rules.attributes.attribute_random import AttributeRandom
from maskcheck.rules.registry import find_rule
from maskcheck.rules.weights.own_state_asymmetric import OwnStateAsymmetric

# The forms of a trip that a script can take for each route, the plainest first.
_FORMS: Mapping[str, tuple[str, ...]] = {"config": ("config", "plain"), "keras": ("keras", "held")}
# The plainest trip first; "fresh" ends in another process, and its file is that of "keras".
_ORDER = (
    "config",
    "keras",
    "deepcopy",
    "weights",
    "clone",
    "json",
    "h5",
    "pickle",
    "tf-checkpoint",
    "export",
)
_FILES_FIRST = (*_ORDER[1:], _ORDER[0])
# What these rules find may be a weight elsewhere, which a config does not carry.
_STATE = (AttributeLost.code, AttributeRandom.code, OwnStateAsymmetric.code)


def list_plans(finding: Finding) -> tuple[Plan, ...]:
    """Return the ways to show a finding on its routes, the plainest first."""
    return tuple(_plan(finding))


def _plan(finding: Finding) -> Iterator[Plan]:
    order = sorted(_ORDER, key=_FILES_FIRST.index) if finding.rule in _STATE else _ORDER
    forms = [form for route in order if route in finding.routes for form in _FORMS.get(route, (route,))]
    for name in find_rule(finding.rule).shown_by:
        trips = CHECKS[name].trips
        if not trips:
            yield Plan(name, "")
        yield from (Plan(name, form) for form in forms if form in trips)
