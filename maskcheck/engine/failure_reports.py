"""Makes the reports of layers and modules for which the lab gave none."""

from __future__ import annotations

from collections.abc import Iterable

from maskcheck.engine.processes.crash_stack import find_crash_place
from maskcheck.engine.processes.exit_texts import describe_death, describe_exception
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.task import Failure
from maskcheck.errors import MaskcheckError, NotImportable
from maskcheck.model.case import LayerSpec, Subject
from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import ModuleFile
from maskcheck.rules.base.rule import BUILD, Rule
from maskcheck.rules.run.crashed import Crashed
from maskcheck.rules.run.import_failed import ImportFailed
from maskcheck.rules.run.no_case import NoCase
from maskcheck.rules.run.timed_out import TimedOut
from maskcheck.settings import Settings

_SKIP_HINT = 'if it cannot be checked here, write skip: "the reason" in its entry of the spec'


def report_skipped(subject: Subject, reason: str) -> LayerReport:
    """Return the report on a layer that is listed but not checked."""
    return LayerReport(
        subject.id,
        subject.name,
        subject.file,
        subject.line,
        Verdict.SKIPPED,
        skip=reason or "no reason given",
    )


def report_not_importable(
    module: ModuleFile, message: str, *, file: str | None = None, line: int | None = None, output: str = ""
) -> LayerReport:
    """Return the report on a module that cannot be imported, of which ``message`` tells why."""
    finding = _make_finding(ImportFailed, module.name, message, file=file or module.file, line=line or 1)
    return _make_report(module.name, module.name, module.file, 1, finding, output=output)


def report_died(outcome: Outcome, files: Iterable[str], settings: Settings) -> LayerReport:
    """Return the report on a layer whose worker died or was killed at the time limit.

    ``files`` are those of its world, to find in them where it happened.
    """
    rule = TimedOut if outcome.timed_out else Crashed
    hint = f"raise the limit with --timeout; {_SKIP_HINT}" if outcome.timed_out else _SKIP_HINT
    place = find_crash_place(outcome.faults, files, settings.directory)
    sentence = describe_death(outcome, settings.timeout, place.method if place else "")
    where = (place.file, place.line) if place else None
    return _report_unchecked(outcome, rule, sentence, hint=hint, where=where)


def report_lab_failure(outcome: Outcome, failure: Failure) -> LayerReport:
    """Return the report on a layer of which the lab raised; an internal error adds its traceback."""
    if failure.kind != "internal":
        return _report_unchecked(outcome, Crashed, describe_exception(outcome, failure.text), hint=_SKIP_HINT)
    message = f"not checked, by a fault of maskcheck: {describe_exception(outcome, failure.text)}"
    output = "\n".join(filter(None, (outcome.output, failure.traceback)))
    return _report_unchecked(
        outcome, Crashed, message, output=output, hint="please report it with what -v shows"
    )


def report_refused(outcome: Outcome, error: MaskcheckError) -> LayerReport:
    """Return the report on a layer that does not exist, or whose case cannot be made as the spec says."""
    where = (error.mark.file, error.mark.line) if error.mark else None
    rule = ImportFailed if isinstance(error, NotImportable) else NoCase
    return _report_unchecked(outcome, rule, f"not checked: {error.message}", hint=error.hint, where=where)


def _report_unchecked(
    outcome: Outcome,
    rule: type[Rule],
    sentence: str,
    *,
    hint: str,
    output: str | None = None,
    where: tuple[str, int] | None = None,
) -> LayerReport:
    subject = outcome.job.subject
    assert subject is not None, "only layers are lost, worlds are confirmed anew"
    file, line = where or (subject.file, subject.line)
    finding = _make_finding(rule, subject.name, sentence, file=file, line=line, hint=hint)
    return _make_report(
        subject.id,
        subject.name,
        subject.file,
        subject.line,
        finding,
        cases=_case_origins(outcome.job.spec),
        output=outcome.output if output is None else output,
        seconds=outcome.seconds,
    )


def _case_origins(spec: LayerSpec | None) -> tuple[tuple[str, str], ...]:
    return tuple((case.id, case.origin) for case in spec.cases) if spec else ()


def _make_finding(
    rule: type[Rule], subject: str, message: str, *, file: str | None, line: int | None, hint: str = ""
) -> Finding:
    return Finding(rule.code, rule.name, rule.severity, (subject,), message, file=file, line=line, hint=hint)


def _make_report(
    id: str,
    name: str,
    file: str,
    line: int,
    finding: Finding,
    *,
    cases: tuple[tuple[str, str], ...] = (),
    output: str = "",
    seconds: float = 0.0,
) -> LayerReport:
    check = Check(finding.rule, BUILD, "", Status.FAILED, finding.message)
    return LayerReport(
        id,
        name,
        file,
        line,
        Verdict.UNCHECKED,
        cases=cases,
        findings=(finding,),
        checks=(check,),
        output=output,
        seconds=seconds,
    )
