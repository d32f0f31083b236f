"""Which checks show the findings of a rule, the plainest first, and why some rules have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maskcheck.model.finding import Finding
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.request import Plan

CHECKS_OF_RULES: Mapping[str, tuple[str, ...]] = {
    "MC003": ("construction raises",),
    "MC004": ("call raises",),
    "MC101": ("key", "attribute", "outputs", "copied config", "trip raises"),
    "MC102": ("value", "attribute", "copied config", "outputs", "trip raises"),
    "MC103": ("trip raises",),
    "MC104": ("copied config", "attribute", "outputs", "trip raises"),
    "MC105": ("base", "copied config"),
    "MC106": ("trip raises",),
    "MC107": ("attribute", "copied config", "outputs"),
    "MC108": ("config unchanged", "config kept", "layer kept"),
    "MC109": ("class",),
    "MC201": ("attribute", "outputs"),
    "MC202": ("attribute", "outputs"),
    "MC203": ("one", "apart"),
    "MC204": ("attribute", "outputs", "number", "types", "trip raises"),
    "MC301": ("weight", "every weight", "outputs"),
    "MC302": ("trip raises", "number", "outputs"),
    "MC303": ("weight", "every weight", "outputs"),
    "MC304": ("weight", "outputs"),
    "MC305": ("trainable",),
    "MC306": ("types", "weight"),
    "MC307": ("attribute", "weight", "every weight", "trip raises", "outputs"),
    "MC309": ("compiled",),
    "MC401": ("outputs",),
    "MC402": ("shapes",),
    "MC403": ("losses",),
    "MC404": ("training",),
    "MC501": ("attribute",),
    "MC502": ("mask", "passed mask"),
    "MC503": ("mask", "passed mask"),
    "MC601": ("trip raises",),
    "MC602": ("trip raises", "outputs"),
    "MC603": ("fresh process",),
    "MC604": ("attribute", "outputs", "trip raises"),
    "MC605": ("fresh process",),
    "MC701": ("policy", "shapes", "types"),
}
NO_SCRIPTS: Mapping[str, str] = {
    "MC001": "a module that cannot be imported is shown by importing it",
    "MC002": "there is no case of it, so there is nothing to build",
    "MC005": "a script that ends its process can assert nothing",
    "MC006": "a script that never ends can assert nothing",
    "MC008": "what is expected of a layer is in the spec, and not in the layer",
    "MC009": "how many arguments are proven is a count of the scan",
    "MC702": "it shows only on another device",
}
_OTHERS = "its rule is about what a scan knows of the layer, and nothing that comes back shows it"
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


# What these rules find may be a weight elsewhere, which a config does not carry.
_STATE = ("MC201", "MC202", "MC307")
_FILES_FIRST = (*_ORDER[1:], _ORDER[0])


def explain_no_script(rule: str) -> str:
    """Return why no finding of a rule has a script, "" where findings may have one."""
    return "" if rule in CHECKS_OF_RULES else NO_SCRIPTS.get(rule, _OTHERS)


def list_plans(finding: Finding) -> tuple[Plan, ...]:
    """Return the ways to show a finding on its routes, the plainest first."""
    return tuple(_plan(finding))


def _plan(finding: Finding) -> Iterator[Plan]:
    order = sorted(_ORDER, key=_FILES_FIRST.index) if finding.rule in _STATE else _ORDER
    forms = [form for route in order if route in finding.routes for form in _FORMS.get(route, (route,))]
    for name in CHECKS_OF_RULES.get(finding.rule, ()):
        trips = CHECKS[name].trips
        if not trips:
            yield Plan(name, "")
        yield from (Plan(name, form) for form in forms if form in trips)
