"""What the text report says of one layer once the scan has ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rich.text import Text

from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.report.counts import is_shown
from maskcheck.report.printed import fold_repeated
from maskcheck.report.terminal.escape import escape_lines, escape_text
from maskcheck.report.terminal.findings import finding_lines
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.location import make_location
from maskcheck.report.terminal.summary import STYLES

_OUTPUT_LINES = 20
_FAILING = (Verdict.FAIL, Verdict.UNCHECKED)


def layer_lines(layer: LayerReport, page: Page, told: Collection[Finding] = ()) -> Iterator[Line]:
    """Yield a layer's findings and, with ``-v``, what is unproven or skipped; nothing where there is none.

    Args:
        told: findings that were told already, for several layers; with ``-v`` they are shown again.
    """
    body = [
        *_findings(layer, page, told),
        *_unproven_lines(layer, page),
        *_touched_lines(layer, page),
        *_inferred_lines(layer, page),
        *_output_lines(layer, page),
    ]
    if body:
        yield _heading(layer, page)
        yield from body


def _heading(layer: LayerReport, page: Page) -> Line:
    mark = (page.glyphs.verdicts[layer.verdict] + " ", STYLES[layer.verdict])
    where = (str(make_location(layer.file, layer.line)), "cyan")
    return Line(Text.assemble(mark, (escape_text(layer.name), "bold"), "  ", where))


def _findings(layer: LayerReport, page: Page, told: Collection[Finding]) -> Iterator[Line]:
    for finding in layer.findings:
        if is_shown(finding, page.verbosity) and (page.verbose or finding not in told):
            yield from finding_lines(finding, page)


def _unproven_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    if not page.verbose:
        return
    for argument in layer.unproven:
        reason = f": {escape_text(argument.reason)}" if argument.reason else ""
        yield Line(Text(f"not proven   {escape_text(argument.name)}{reason}"), 2)
    untried = _skipped_cases(layer.checks)
    for case, reason in untried.items():
        yield Line(Text(f"skipped   case {escape_text(case)}: {escape_text(reason)}"), 2)
    checks = [check for check in layer.checks if check.case not in untried]
    for status in (Status.INCONCLUSIVE, Status.SKIPPED):
        for (reason, routes), rules in _group_by_reason(checks, status).items():
            text = f"{status.value}   {', '.join(rules)} on {', '.join(map(escape_text, routes))}"
            yield Line(Text(f"{text}: {escape_text(reason)}" if reason else text), 2)


def _touched_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    """Yield what the given cases changed outside the program."""
    if page.verbose and layer.touched:
        yield Line(Text(f"touched   {', '.join(map(escape_text, layer.touched))}"), 2)


def _skipped_cases(checks: Sequence[Check]) -> Mapping[str, str]:
    """Return the cases of which every check was skipped for one and the same reason, with that reason."""
    found: dict[str, set[str]] = {}
    for check in checks:
        reason = check.reason if check.status is Status.SKIPPED else ""
        found.setdefault(check.case, set()).add(reason)
    return {case: reason for case, (reason, *others) in found.items() if reason and not others}


def _group_by_reason(
    checks: Iterable[Check], status: Status
) -> Mapping[tuple[str, tuple[str, ...]], list[str]]:
    """Return the rules whose check ended with ``status``, by the reason and all routes where it did."""
    routes: dict[tuple[str, str], dict[str, None]] = {}
    for check in checks:
        if check.status is status:
            routes.setdefault((check.rule, check.reason), {})[check.route] = None
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (rule, reason), where in sorted(routes.items()):
        found.setdefault((reason, tuple(where)), []).append(rule)
    return found


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
    lines = fold_repeated(output)
    shown = lines if page.verbose else lines[-_OUTPUT_LINES:]
    yield Line(Text(f"printed by {who}", "dim"), indent)
    if len(shown) < len(lines):
        cut = f"{page.glyphs.ellipsis} {len(lines) - len(shown)} lines before; -v shows all"
        yield Line(Text(cut, "dim"), indent + 2)
    yield from (Line(Text(page.short(line)), indent + 2) for line in shown)
