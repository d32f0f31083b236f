"""The table of what was mended, by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maskcheck.fixes.edit import Applicability
from maskcheck.fixes.fix import Fixes
from maskcheck.fixes.judge import is_same, list_open
from maskcheck.fixes.mend import NO_EDIT
from maskcheck.model.finding import Severity


@dataclass(frozen=True)
class Trial:
    """What came of one finding; ``reason`` is why it stays, "" where it is mended."""

    layer: str
    rule: str
    subject: str
    is_error: bool
    reason: str
    safe: bool = True

    @property
    def has_edit(self) -> bool:
        """Tell whether any edit was tried."""
        return self.reason != NO_EDIT


def list_trials(fixes: Fixes) -> Iterator[Trial]:
    """Yield what came of each finding, also of those that showed only when others were mended."""
    for mended in fixes.layers:
        reasons = {refusal.finding: refusal.reason for refusal in mended.refusals}
        for proved in mended.edits:
            for finding in proved.findings:
                safe = proved.edit.applicability is Applicability.SAFE
                error = finding.severity is Severity.ERROR
                yield Trial(mended.before.name, finding.rule, finding.subject, error, "", safe)
        for finding, reason in reasons.items():
            gone = not any(is_same(finding, other) for other in list_open(mended.after))
            error = finding.severity is Severity.ERROR
            yield Trial(mended.before.name, finding.rule, finding.subject, error, "" if gone else reason)


def write_table(trials: Sequence[Trial]) -> list[str]:
    """Return a row for each rule, the sums, and why findings stay."""
    rows = [
        _write_row(rule, [t for t in trials if t.rule == rule]) for rule in sorted({t.rule for t in trials})
    ]
    errors = [trial for trial in trials if trial.is_error]
    mechanical = [trial for trial in errors if trial.has_edit]
    mended = sum(not trial.reason for trial in mechanical)
    share = f"{mended / len(mechanical):.0%}" if mechanical else "none"
    return [
        _join(("rule", "findings", "with an edit", "mended", "unsafe", "errors", "mended")),
        *rows,
        _write_row("all", trials),
        "",
        f"of {len(errors)} errors {len(errors) - len(mechanical)} are a matter of decision",
        f"of the other {len(mechanical)} {mended} are mended ({share})",
        "",
        *_list_reasons(trials),
    ]


def _write_row(name: str, trials: Sequence[Trial]) -> str:
    errors = [trial for trial in trials if trial.is_error]
    mended = [trial for trial in trials if not trial.reason]
    counts = (
        len(trials),
        sum(trial.has_edit for trial in trials),
        len(mended),
        sum(not trial.safe for trial in mended),
        len(errors),
        sum(not trial.reason for trial in errors),
    )
    return _join((name, *map(str, counts)))


def _join(cells: Sequence[str]) -> str:
    return "  ".join(cell.rjust(12) if number else cell.ljust(6) for number, cell in enumerate(cells))


def _list_reasons(trials: Iterable[Trial]) -> Iterator[str]:
    for trial in sorted(trials, key=lambda trial: (trial.rule, trial.layer)):
        if trial.reason:
            kind = "" if trial.is_error else " (warning)"
            yield f"{trial.rule} {trial.layer} {trial.subject}{kind}: {trial.reason}"
