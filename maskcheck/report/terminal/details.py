"""What the text report says of one layer once the scan has ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.report.counts import is_shown
from maskcheck.report.fingerprint import SHORT, fingerprint_layer
from maskcheck.report.printed import fold_repeated
from maskcheck.report.terminal.escape import escape_lines, escape_text, shorten_path
from maskcheck.report.terminal.findings import finding_lines
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.location import make_location
from maskcheck.report.terminal.summary import STYLES

_OUTPUT_LINES = 20
_GAP = "   "
_UNDECIDED = (Status.INCONCLUSIVE, Status.SKIPPED)
_FAILING = (Verdict.FAIL, Verdict.UNCHECKED)


@dataclass(frozen=True)
class CheckGroup:
    """Checks that ended alike: each of the rules on each of the routes in each of the cases.

    Without rules it is every check of these cases.
    """

    cases: tuple[str, ...]
    rules: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


def layer_lines(layer: LayerReport, page: Page, told: Collection[Finding] = ()) -> Iterator[Line]:
    """Yield a layer's findings and, with ``-v``, what is unproven or skipped; nothing where there is none.

    Args:
        told: findings that were told already, for several layers.
    """
    findings = list(_findings(layer, page, told))
    body = [
        *findings,
        *_unproven_lines(layer, page),
        *_touched_lines(layer, page),
        *_inferred_lines(layer, page),
        *_output_lines(layer, page),
    ]
    if findings or (body and page.verbose):
        yield _heading(layer, page)
        yield from body


def _heading(layer: LayerReport, page: Page) -> Line:
    mark = (page.glyphs.verdicts[layer.verdict] + " ", STYLES[layer.verdict])
    where = (str(make_location(layer.file, layer.line)), "cyan")
    return Line(Text.assemble(mark, (escape_text(layer.name), "bold"), "  ", where), gap="  ")


def _findings(layer: LayerReport, page: Page, told: Collection[Finding]) -> Iterator[Line]:
    for finding, fingerprint in fingerprint_layer(layer):
        if is_shown(finding, page.verbosity) and finding not in told:
            yield from finding_lines(finding, page)
            if page.verbose:
                yield Line(Text(f"id {fingerprint[:SHORT]}", "dim"), 4)


def _unproven_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    if not page.verbose:
        return
    for argument in layer.unproven:
        reason = f": {escape_text(argument.reason)}" if argument.reason else ""
        yield Line(Text(f"not proven   {escape_text(argument.name)}{reason}"), 2)
    yield from _reason_lines(layer.checks)


def _reason_lines(checks: Sequence[Check]) -> Iterator[Line]:
    """Yield why checks were skipped or inconclusive: each reason once, with all checks that it is about."""
    every = {check.case for check in checks}
    for (status, reason), groups in group_by_reason(checks).items():
        about = [_describe_checks(group, every) for group in groups]
        parts = filter(None, (status.value, " ".join(escape_lines(reason)), *about))
        yield Line(Text(_GAP.join(parts)), 2, gap=_GAP)


def _describe_checks(group: CheckGroup, every: Collection[str]) -> str:
    cases = f"case {', '.join(map(escape_text, group.cases))}"
    if not group.rules:
        return cases
    where = f"{', '.join(group.rules)} on {', '.join(map(escape_text, group.routes))}"
    return where if set(group.cases) == set(every) else f"{where} in {cases}"


def _touched_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    """Yield what the given cases changed outside the program."""
    if page.verbose and layer.touched:
        yield Line(Text(f"touched   {', '.join(map(escape_text, layer.touched))}"), 2)


def group_by_reason(checks: Sequence[Check]) -> Mapping[tuple[Status, str], Sequence[CheckGroup]]:
    """Return the checks that were skipped or inconclusive, by status and reason."""
    untried = _skipped_cases(checks)
    routes: dict[tuple[Status, str, str, str], list[str]] = {}
    for check in checks:
        if check.status in _UNDECIDED and check.case not in untried:
            routes.setdefault((check.status, check.reason, check.rule, check.case), []).append(check.route)
    cases: dict[tuple[Status, str, str, tuple[str, ...]], list[str]] = {}
    for (status, reason, rule, case), there in sorted(routes.items()):
        cases.setdefault((status, reason, rule, tuple(there)), []).append(case)
    rules: dict[tuple[Status, str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (status, reason, rule, where), own in cases.items():
        rules.setdefault((status, reason, where, tuple(own)), []).append(rule)
    found: dict[tuple[Status, str], list[CheckGroup]] = {}
    for case, reason in untried.items():
        found.setdefault((Status.SKIPPED, reason), []).append(CheckGroup(cases=(case,)))
    for (status, reason, where, names), codes in rules.items():
        found.setdefault((status, reason), []).append(CheckGroup(names, tuple(codes), where))
    return dict(sorted(found.items(), key=lambda item: _UNDECIDED.index(item[0][0])))


def _skipped_cases(checks: Sequence[Check]) -> Mapping[str, str]:
    """Return the cases of which every check was skipped for one and the same reason, with that reason."""
    found: dict[str, set[str]] = {}
    for check in checks:
        reason = check.reason if check.status is Status.SKIPPED else ""
        found.setdefault(check.case, set()).add(reason)
    return {case: reason for case, (reason, *others) in found.items() if reason and not others}


def _inferred_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    """Yield the case that was inferred as a spec has it: with ``-v``, and where the layer failed on it."""
    if layer.inferred and (page.verbose or (page.verbosity == 0 and layer.verdict is Verdict.FAIL)):
        yield Line(Text("case inferred   to keep or change it, put this below layers: of a spec", "dim"), 2)
        yield from (Line(Text(line), 2, gap="") for line in escape_lines(layer.inferred))


def _output_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    """Yield what user code printed: all with ``-v``, its end where the layer failed; repetitions once."""
    wanted = page.verbose or (page.verbosity == 0 and layer.verdict in _FAILING)
    if wanted and layer.output.strip():
        yield from printed_lines("its code", layer.output, page, 2)


def printed_lines(who: str, output: str, page: Page, indent: int) -> Iterator[Line]:
    """Yield the end of what was printed and by whom; with ``-v`` all."""
    lines = fold_repeated(escape_lines(output), shorten_path, alike=not page.verbose)
    shown = lines if page.verbose else lines[-_OUTPUT_LINES:]
    yield Line(Text(f"printed by {who}", "dim"), indent)
    if len(shown) < len(lines):
        cut = f"{page.glyphs.ellipsis} {len(lines) - len(shown)} lines before; -v shows all"
        yield Line(Text(cut, "dim"), indent + 2)
    yield from (Line(Text(page.short(line)), indent + 2) for line in shown)
