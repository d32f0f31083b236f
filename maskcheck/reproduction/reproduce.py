"""From the report of a scan to a script that was seen to fail."""

from __future__ import annotations

import os
import re

from maskcheck.engine.run import load_wanted_spec
from maskcheck.errors import UsageError
from maskcheck.model.finding import Finding
from maskcheck.model.report import Report
from maskcheck.reproduction.find import choose_finding, make_request
from maskcheck.reproduction.prove import Place, prove_script
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.plans import list_plans
from maskcheck.reproduction.script.request import Request
from maskcheck.reproduction.script.write import write_script
from maskcheck.rules.registry import find_rule
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover

# Importing TensorFlow alone takes seconds.
_START = 30.0
_ERROR = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")


def reproduce(report: Report, code: str | None, settings: Settings, *, inline: bool = False) -> str:
    """Return a script that shows a finding of the report, and was seen to fail by its own assertion.

    Args:
        report: of a scan of one class, made with ``settings``.
        code: of a rule, or the id of a finding; None is the first error.
        settings: of that scan.
        inline: hold the source of the class rather than import it.

    Raises:
        UsageError: ``code`` names nothing, or no script can show the finding; says why.
        NothingToCheck: there is no such finding.
    """
    layer, finding = choose_finding(report, code)
    head = f"no script can show {finding.rule} {finding.name} of {layer.name}"
    rule = find_rule(finding.rule)
    if not rule.shown_by:
        raise UsageError(f"{head}: {rule.no_script}")
    directory = os.path.abspath(settings.directory)
    worlds = discover(settings.targets, directory, settings.imported)
    try:
        spec = load_wanted_spec(settings)
        request = make_request(layer, finding, worlds, spec, directory, inline=inline)
        return _find_proved(request, _choose_place(request, directory, settings))
    except NotWritable as error:
        raise UsageError(f"{head}: {error}") from None


def _choose_place(request: Request, directory: str, settings: Settings) -> Place:
    """Return where a script runs: a case of the spec in the user's directory, as in a scan."""
    home = directory if request.case.origin == "spec" else ""
    path = (os.path.normpath(os.path.join(directory, request.root)), directory)
    return Place(home, path, request.legacy, settings.of(request.subject).timeout + _START)


def _find_proved(request: Request, place: Place) -> str:
    """Return the first script that fails as it should.

    Raises:
        NotWritable: none does; gives the reason of the last.
    """
    reasons = ["it shows on no route that a script can take"]
    for plan in list_plans(request.finding):
        try:
            script = write_script(request, plan)
        except NotWritable as error:
            reasons.append(str(error))
            continue
        outcome = prove_script(script, place)
        if not outcome.reason and is_same_error(request.finding, CHECKS[plan.check].raises, outcome.said):
            return script
        reasons.append(f"the one that was written proves nothing: {outcome.reason or outcome.said[:200]}")
    raise NotWritable(reasons[-1])


def is_same_error(finding: Finding, raises: str, said: str) -> bool:
    """Tell whether a script ends by what the finding tells: an error of a type that it names.

    Only where that something raises is the plainest way to show it may the finding leave that open.
    """
    known = set(_ERROR.findall(" ".join((finding.message, finding.after, *finding.consequences))))
    if not raises or not known:
        return not raises or bool(CHECKS[find_rule(finding.rule).shown_by[0]].raises)
    return bool(known & set(_ERROR.findall(said)))
