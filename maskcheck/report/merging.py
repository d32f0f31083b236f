"""Merges several reports into one, as if all their layers had been scanned together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.judging.exit_code import exit_code
from maskcheck.model.finding import Severity
from maskcheck.model.report import Report, ScanFinished, ScanStarted, Shard

# What a report ends with if one of those merged did, the gravest first. No finding tells of the first two.
_GRAVEST = (Exit.INTERNAL, Exit.USAGE, Exit.INTERRUPTED, Exit.FINDINGS)


def merge_reports(reports: Mapping[str, Report]) -> Report:
    """Return one report for all, given by the names of their files.

    Layers of shards stand in the order of the whole scan, others in that of the reports; the time
    is that of all together, the exit code the gravest that each of them amounts to.

    Raises:
        UsageError: they were made on something else, tell of a layer twice, or a shard is missing.
    """
    _check_alike(reports)
    _check_shards(reports)
    _check_once(reports)
    all_of_them = list(reports.values())
    layers = [layer for report in all_of_them for layer in report.layers]
    layers.sort(key=lambda layer: layer.position or 0)
    first = all_of_them[0].start
    start = replace(
        first,
        targets=_distinct([target for report in all_of_them for target in report.start.targets]),
        spec=next((report.start.spec for report in all_of_them if report.start.spec), None),
        baseline=next((report.start.baseline for report in all_of_them if report.start.baseline), None),
        layers=sum(report.start.layers for report in all_of_them),
        shard=None,
        remarks=(),
        printed={name: text for report in all_of_them for name, text in report.start.printed.items()},
    )
    codes = [_compute_code(report) for report in all_of_them]
    code = next((code for code in _GRAVEST if code in codes), Exit.CONFORM)
    seconds = sum(report.finish.seconds for report in all_of_them)
    interrupted = any(report.finish.interrupted for report in all_of_them)
    whole = tuple(replace(layer, position=None) for layer in layers)
    return Report(start, whole, ScanFinished(seconds, int(code), interrupted))


def _compute_code(report: Report) -> int:
    """Return the exit code by what a report holds; what it says itself decides only what its layers cannot.

    That is whether a scan broke off, and whether a warning was to fail it.
    """
    stated = report.finish.exit_code
    if stated in (Exit.INTERNAL, Exit.USAGE):
        return stated
    if report.finish.interrupted or stated == Exit.INTERRUPTED:
        return Exit.INTERRUPTED
    fail_on = Severity.WARNING if stated == Exit.FINDINGS else Severity.ERROR
    code = exit_code(report.layers, fail_on.value)
    # Layers that were planned and are not told of may be left out only after one that failed.
    return Exit.INTERRUPTED if code is Exit.CONFORM and len(report.layers) < report.start.layers else code


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _check_alike(reports: Mapping[str, Report]) -> None:
    """Refuse reports that were made on something else: their verdicts are not of one kind."""
    (first, one), *others = reports.items()
    for name, other in others:
        for mine, theirs in zip(_scan_basis(one.start), _scan_basis(other.start), strict=True):
            if mine != theirs:
                raise UsageError(
                    f"{first} is of {mine}, {name} of {theirs}", hint="merge what was made alike"
                )


def _scan_basis(start: ScanStarted) -> list[str]:
    names = ("maskcheck", "python", "tensorflow", "keras", "numpy")
    versions = [f"{name} {start.versions.get(name, '')}" for name in names]
    return [*versions, f"the device {start.device}", f"the seed {start.seed}"]


def _check_shards(reports: Mapping[str, Report]) -> None:
    """Refuse shards that are not the whole of one scan: what is missing would look as if it were fine."""
    shards = {name: report.start.shard for name, report in reports.items()}
    parts = {name: shard for name, shard in shards.items() if shard}
    if not parts:
        return
    if len(parts) < len(shards):
        name = next(name for name in shards if name not in parts)
        raise UsageError(f"{name} is no shard, {next(iter(parts))} is one", hint="merge shards by themselves")
    (first, one), *_ = parts.items()
    for name, part in parts.items():
        same = (part.of, part.whole) == (one.of, one.whole)
        if not same or reports[name].start.targets != reports[first].start.targets:
            raise UsageError(f"{name} is {_shard_text(part)}, {first} {_shard_text(one)} of another scan")
    numbers = {part.number for part in parts.values()}
    missing = [f"{number}/{one.of}" for number in range(1, one.of + 1) if number not in numbers]
    if missing:
        raise UsageError(f"shard {', '.join(missing)} is missing", hint="merge all shards of the scan")


def _shard_text(shard: Shard) -> str:
    return f"shard {shard.number}/{shard.of} of {shard.whole} layers"


def _check_once(reports: Mapping[str, Report]) -> None:
    """Refuse a layer that two reports tell of: which of them were to count?"""
    homes: dict[tuple[str, str], str] = {}
    for name, report in reports.items():
        for layer in report.layers:
            other = homes.setdefault((layer.id, layer.file), name)
            if other != name:
                raise UsageError(f"{layer.id} is in {other} and in {name}", hint="merge each layer once")
