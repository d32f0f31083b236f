"""The single lines of the text report: the header, one for each layer, and the last with all the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import LayerReport, Report, ScanStarted, Verdict
from maskcheck.report.counts import (
    count_noun,
    count_proven_apart,
    expected_findings,
    failed_findings,
    is_shown,
    was_stopped_early,
)
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.tables import pad

# Narrower than this, columns are joined instead of aligned.
_ALIGNED = 80
# Where the name of a layer begins, what came of it, its arguments, its time.
_COLUMNS = (0, 23, 45, 69)
_GAP = "  "
_MOST_ROUTES = _COLUMNS[2] - _COLUMNS[1] - len(_GAP)
STYLES = {
    Verdict.CONFORM: "green",
    Verdict.WARN: "yellow",
    Verdict.FAIL: "red",
    Verdict.UNCHECKED: "magenta",
    Verdict.SKIPPED: "dim",
}
_VERDICTS = {
    Verdict.CONFORM: ("conforms", "conform"),
    Verdict.FAIL: ("fails", "fail"),
    Verdict.WARN: ("with warnings", "with warnings"),
    Verdict.UNCHECKED: ("unchecked", "unchecked"),
    Verdict.SKIPPED: ("skipped", "skipped"),
}
_LEDGER = (
    Status.PASSED,
    Status.FAILED,
    Status.EXPECTED,
    Status.BLOCKED,
    Status.INCONCLUSIVE,
    Status.SKIPPED,
)


def header_line(start: ScanStarted, page: Page) -> Line:
    """Return the line that says what runs on what."""
    names = (("maskcheck", "maskcheck"), ("TensorFlow", "tensorflow"))
    parts = [f"{name} {start.versions[key]}" for name, key in names if key in start.versions]
    parts += [_keras_version(start)] if "keras" in start.versions else []
    parts += [start.device, f"seed {start.seed}"]
    parts.append("no spec" if start.spec is None else shorten_path(start.spec))
    parts += [shorten_path(start.baseline)] if start.baseline else []
    parts += [f"shard {start.shard.number}/{start.shard.of}"] if start.shard else []
    return _dotted_line(parts, page)


def overview_lines(layer: LayerReport, page: Page) -> Iterator[Line]:
    """Yield the line of one layer: its verdict, its routes or its faults, its arguments, its time.

    There are two where its name is too long to leave room for the rest.
    """
    mark = Text.assemble((page.glyphs.verdicts[layer.verdict] + " ", STYLES[layer.verdict]))
    name = escape_text(layer.name)
    if layer.verdict is Verdict.SKIPPED:
        why = f"skipped: {escape_text(layer.skip)}" if layer.skip else "skipped"
        yield Line(mark + Text(_align_cells([name, why])), 2)
        return
    cells = [_outcome_text(layer), _arguments_text(layer), f"{layer.seconds:.1f} s"]
    if page.width is not None and page.width < _ALIGNED:
        yield Line(mark + Text(_GAP.join([name, *cells])), 2, gap=_GAP)
        return
    line = Line(mark + Text(_align_cells([name, *cells])), 2)
    if page.fits(line):
        yield line
    else:
        yield Line(mark + Text(name), 2)
        yield Line(Text(_align_cells(["", *cells])), 4, gap=_GAP)


def _align_cells(cells: Sequence[str]) -> str:
    """Return cells on one line, each in its column unless those before it need more."""
    text = ""
    for cell, column in zip(cells, _COLUMNS, strict=False):
        text = pad(text, max(column, cell_len(text) + len(_GAP)) if column else 0) + cell
    return text


def route_lines(layers: Iterable[LayerReport]) -> Iterator[Line]:
    """Yield which routes are meant where the line of a layer has room for their number only."""
    names: dict[tuple[str, ...], list[str]] = {}
    for layer in layers:
        if _outcome_text(layer) == _routes_text(layer.routes) != " ".join(layer.routes):
            names.setdefault(layer.routes, []).append(escape_text(layer.name))
    usual, *others = sorted(names, key=lambda routes: -len(names[routes])) or [()]
    for routes in filter(None, (usual, *others)):
        whose = f" ({', '.join(names[routes])})" if routes != usual else ""
        yield Line(Text(f"{_routes_text(routes)}   {', '.join(map(escape_text, routes))}{whose}"), hang=4)


def last_line(report: Report, page: Page) -> Line:
    """Return the line that counts layers, checks and arguments: all of the ledger."""
    return _dotted_line([*count_texts(report), f"{report.finish.seconds:.1f} s"], page)


def count_texts(report: Report) -> list[str]:
    """Return the counts of the last line, which begin with how a scan that did not reach its end ended."""
    return [*layer_texts(report), *evidence_texts(report)]


def evidence_texts(report: Report) -> Iterator[str]:
    """Yield how many checks, arguments and inferred cases the verdicts rest on."""
    own, base = count_proven_apart(report.layers)
    inferred = sum(any(origin == "inferred" for _, origin in layer.cases) for layer in report.layers)
    yield ledger_text(report.statuses())
    kept = f", Keras' own {base.proven}/{base.total}" if base.total else ""
    yield f"arguments {own.proven}/{own.total} proven{kept}"
    if inferred:
        yield f"{count_noun(inferred, 'case')} inferred"


def stop_text(report: Report) -> str:
    """Return after how many layers the scan was stopped, "" where it was not."""
    if not was_stopped_early(report):
        return ""
    how = "interrupted" if report.finish.interrupted else "stopped early,"
    return f"{how} after {len(report.layers):,} of {count_noun(report.start.layers, 'layer')}"


def slowest_lines(layers: Sequence[LayerReport], number: int) -> Iterator[Line]:
    """Yield a line for each of the layers that took the longest, as many as are asked for."""
    slow = sorted(layers, key=lambda layer: -layer.seconds)[:number]
    if slow:
        yield Line(Text(f"slowest {count_noun(len(slow), 'layer')}", "bold"))
        yield from (Line(Text(f"{layer.seconds:6.1f} s  {escape_text(layer.id)}"), 2) for layer in slow)


def help_lines(layers: Sequence[LayerReport], page: Page) -> Iterator[Line]:
    """Yield the line that says where the rules behind the findings shown are explained; none with ``-q``."""
    findings = (each for layer in layers for each in layer.findings if is_shown(each, page.verbosity))
    first, *others = dict.fromkeys(finding.rule for finding in findings) or [""]
    if first and page.verbosity >= 0:
        more = f" (or {', '.join(others)})" if others else ""
        yield Line(Text(escape_text(f"read   maskcheck help {first}{more}")), hang=7)


def keras_line(report: Report, page: Page) -> Line | None:
    """Return the line that says what Keras itself loses, which is no fault of any layer; with ``-v`` only."""
    lost = report.lost_by_keras()
    if not (lost and page.verbose):
        return None
    named = ", ".join(f"{name} of {owner}" for owner, _, name in (each.partition(".") for each in lost))
    return Line(
        Text(escape_text(f"note   {_keras_version(report.start)} itself loses {named}: no fault of a layer"))
    )


def _keras_version(start: ScanStarted) -> str:
    """Return which Keras it is, such as "Keras 3.15.1" or "tf_keras 2.21.0"."""
    name = "tf_keras" if "tf_keras" in start.versions else "Keras"
    return f"{name} {start.versions.get('keras', '')}"


def _dotted_line(parts: Sequence[str], page: Page) -> Line:
    gap = f" {page.glyphs.dot} "
    return Line(Text(gap.join(map(escape_text, parts))), gap=gap)


def _outcome_text(layer: LayerReport) -> str:
    errors, warnings = failed_findings(layer, Severity.ERROR), failed_findings(layer, Severity.WARNING)
    if layer.verdict is Verdict.UNCHECKED:
        return errors[0].name if errors else "unchecked"
    parts = [
        count_noun(len(found), noun) for found, noun in ((errors, "error"), (warnings, "warning")) if found
    ]
    known = expected_findings(layer)
    parts += [f"{len(known)} expected"] if known else []
    return ", ".join(parts) or _routes_text(layer.routes)


def _routes_text(routes: Sequence[str]) -> str:
    """Return the names of the routes, their number where that is too long for its column."""
    named = " ".join(map(escape_text, routes))
    return named if cell_len(named) <= _MOST_ROUTES else count_noun(len(routes), "route")


def _arguments_text(layer: LayerReport) -> str:
    own, base = count_proven_apart([layer])
    if own.total:
        return f"arguments {own.proven}/{own.total} proven"
    return "no own arguments" if base.total else "no arguments"


def layer_texts(report: Report) -> Iterator[str]:
    """Yield how many layers were reached, if not all, and how many ended with each verdict."""
    verdicts = report.verdicts()
    named = ", ".join(
        f"{verdicts[verdict]:,} {words[verdicts[verdict] != 1]}"
        for verdict, words in _VERDICTS.items()
        if verdicts[verdict]
    )
    total, shard = len(report.layers), report.start.shard
    if early := stop_text(report):
        yield early
        if named:
            yield named
    elif shard and not total:
        yield f"none of {count_noun(shard.whole, 'layer')} is in shard {shard.number}/{shard.of}"
    else:
        yield f"{count_noun(total, 'layer')}: {named}" if named else count_noun(total, "layer")


def ledger_text(statuses: Mapping[Status, int]) -> str:
    """Return how many checks there are, and how many ended with each status."""
    named = ", ".join(f"{statuses[status]:,} {status.value}" for status in _LEDGER if statuses[status])
    total = count_noun(sum(statuses.values()), "check")
    return f"{total}: {named}" if named else total
