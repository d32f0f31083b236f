"""Has the pool do the jobs of a plan, and turns the outcomes into reports in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maskcheck.engine import failure_reports
from maskcheck.engine.ledger import Ledger
from maskcheck.engine.plan import PlannedStep
from maskcheck.engine.processes.lab_error import LabFault, make_lab_fault
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.pool import Pool
from maskcheck.engine.processes.task import Failure, Job
from maskcheck.errors import MaskcheckError
from maskcheck.judging.exit_code import is_failing
from maskcheck.known_failures.match_findings import mark_expected
from maskcheck.model.report import LayerFinished, LayerReport, ScanProgress
from maskcheck.settings import Settings


@dataclass
class Examination:
    """Examines the planned layers; ``problems`` collects errors of the spec and of maskcheck itself.

    ``files`` are the source files of a world, by the setup of its jobs, ``positions`` the indices
    of the layers in the whole scan if this is a shard.
    """

    planned: Sequence[PlannedStep]
    files: Mapping[str, Sequence[str]]
    settings: Settings
    positions: Sequence[int] = ()
    problems: list[MaskcheckError | LabFault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = Ledger(len(self.planned), self.positions)

    def run(self, pool: Pool) -> Iterator[ScanProgress | LayerFinished]:
        """Do all jobs and yield the reports in order, up to the last that `--maxfail` lets fail."""
        failures = 0
        for event in self._in_order(pool):
            yield event
            if isinstance(event, LayerFinished):
                failures += is_failing(event.report, self.settings.fail_on)
            if failures == (self.settings.maxfail or None):
                return

    def _in_order(self, pool: Pool) -> Iterator[ScanProgress | LayerFinished]:
        jobs = {index: step for index, step in enumerate(self.planned) if isinstance(step, Job)}
        for index, step in enumerate(self.planned):
            if isinstance(step, LayerReport):
                yield from self.ledger.add(index, step)
        places, running = list(jobs), dict[int, str]()
        for number, outcome in pool.follow(list(jobs.values())):
            if outcome is None:
                running[number] = _subject_name(jobs[places[number]])
            else:
                running.pop(number, None)
                yield from self.ledger.add(places[number], self._report(outcome))
            yield self.ledger.progress(running.values())

    def _report(self, outcome: Outcome) -> LayerReport:
        match outcome.result:
            case LayerReport() as report:
                return replace(report, output=outcome.output, seconds=outcome.seconds)
            case MaskcheckError() as error:
                self.problems.append(error)
                return failure_reports.report_refused(outcome, error)
            case Failure() as failure:
                if failure.kind == "internal":
                    self.problems.append(make_lab_fault(_subject_id(outcome), failure))
                return mark_expected(
                    failure_reports.report_lab_failure(outcome, failure), outcome.job.expectations
                )
            case _:
                own = self.settings.of(outcome.job.subject)
                lost = failure_reports.report_died(outcome, self.files[outcome.job.setup], own)
                return mark_expected(lost, outcome.job.expectations)


def _subject_name(job: Job) -> str:
    return job.subject.name if job.subject else ""


def _subject_id(outcome: Outcome) -> str:
    return outcome.job.subject.id if outcome.job.subject else ""
