"""The results as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.mutants.results import Finding, Result, Results

_HEAD = ("kind", "planted", "found", "named", "alone")


def table(results: Results) -> Iterator[str]:
    """Yield a line for each kind, the totals, and what went wrong."""
    kinds: dict[str, list[Result]] = {}
    for result in results.mutants:
        kinds.setdefault(result.mutant.kind, []).append(result)
    yield _line(*_HEAD)
    for kind, found in kinds.items():
        yield _counted(kind, found)
    yield _counted("all", list(results.mutants))
    yield f"\nplanted thing named: {results.named:.1%}, exactly one finding: {results.alone:.1%}"
    yield f"twins without a fault: {results.twins}, false alarms: {len(results.alarms)}"
    for name, findings in results.alarms.items():
        yield f"  {name}: {_said(findings)}"
    yield from _listed("not found", (r for r in results.mutants if not r.found))
    yield from _listed("found, not named", (r for r in results.mutants if r.found and not r.named))
    yield from _listed("more than one finding", (r for r in results.mutants if r.found and not r.alone))


def _counted(kind: str, found: list[Result]) -> str:
    marks = ([r.found for r in found], [r.named for r in found], [r.alone for r in found])
    return _line(kind, str(len(found)), *(str(sum(mark)) for mark in marks))


def _line(kind: str, *figures: str) -> str:
    return f"{kind:38}" + "".join(f"{figure:>9}" for figure in figures)


def _listed(title: str, found: Iterable[Result]) -> Iterator[str]:
    lines = [f"  {r.mutant.id} ({_planted(r)}): {_said(r.told)}" for r in found]
    if lines:
        yield f"\n{title}: {len(lines)}"
        yield from lines


def _planted(result: Result) -> str:
    return f"{'/'.join(result.mutant.codes)} {', '.join(result.mutant.names)}"


def _said(findings: tuple[Finding, ...]) -> str:
    return "; ".join(f"{f['rule']} {f['subject']}: {f['message'][:150]}" for f in findings) or "nothing"
