"""Inferring cases: what the classes do to their workers costs them alone."""

import os
import signal
from pathlib import Path

import pytest

from maskcheck.engine.processes.lab_error import LabFault
from maskcheck.engine.propose import ProposalPlan, propose_cases
from maskcheck.errors import NothingToCheck, SpecError, UsageError
from maskcheck.model.case import Case, Inference, LayerSpec, Mark, Spec
from maskcheck.model.report import Verdict
from maskcheck.model.target import Proposal
from maskcheck.settings import Settings
from tests.engine.scans import FAKE, layer, limit, write

NONE = Spec()
UNKNOWN = (
    "from maskcheck.model.case import Inference\nreturn Inference(None, ('rate',), {'units': 2}, 'no rate')"
)


def proposed(
    directory: Path,
    *targets: str,
    spec: Spec = NONE,
    **options: object,
) -> tuple[ProposalPlan, list[Proposal]]:
    values = {"timeout": 60.0, "jobs": 2, **options}
    settings = Settings(targets, directory=str(directory), **values)  # type: ignore[arg-type]
    with propose_cases(settings, spec, lab=FAKE) as (outset, proposals):
        return outset, list(proposals)


def inferences(proposals: list[Proposal]) -> dict[str, Inference]:
    return {proposal.subject.name: proposal.inference for proposal in proposals}


def spec_of(directory: Path, *names: str) -> Spec:
    mark = Mark("maskcheck.yaml", 3)
    layers = tuple(LayerSpec(name, mark, (Case("default"),)) for name in names)
    return Spec(str(directory / "maskcheck.yaml"), layers)


def test_what_the_lab_infers_is_handed_on(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Known") + layer("Unknown", UNKNOWN))
    outset, proposals = proposed(tmp_path, "mod")
    assert [subject.name for subject in outset.wanted] == ["Known", "Unknown"]
    assert outset.reports == ()
    assert inferences(proposals) == {
        "Known": Inference(Case("default", origin="inferred")),
        "Unknown": Inference(None, ("rate",), {"units": 2}, "no rate"),
    }


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "the process died of SIGSEGV (Segmentation fault)"),
        ("os._exit(7)", "the process ended with exit code 7"),
        ("sys.exit('done')", "ended by SystemExit: done"),
        ("raise MemoryError", "ended by MemoryError"),
        ("print('so far'); time.sleep(100)", "not done within the limit of 1 s"),
    ],
)
def test_a_class_that_does_for_its_worker(tmp_path: Path, body: str, reason: str) -> None:
    write(tmp_path, mod=layer("Bad", body) + layer("Good"))
    found = inferences(proposed(tmp_path, "mod", overrides=(limit("Bad", seconds=1.0),))[1])
    assert found["Bad"].case is None
    assert found["Bad"].reason.startswith(f"{reason} while inferring a case")
    assert found["Good"].case is not None


def test_a_worker_goes_on_after_a_success_and_is_replaced_after_a_failure(tmp_path: Path) -> None:
    note = "open('pids', 'a').write(f'{os.getpid()} ')"
    write(tmp_path, mod=layer("A", note) + layer("B", f"{note}\n{UNKNOWN}") + layer("C", note))
    proposed(tmp_path, "mod", jobs=1)
    first, second, third = (tmp_path / "pids").read_text().split()
    assert first == second != third


def test_classes_with_an_entry_and_those_to_skip_are_left_out(tmp_path: Path) -> None:
    base = "class Base(keras.layers.Layer):\n    def build(self, shape):\n        self.built = True\n\n"
    write(tmp_path, mod=base + layer("Old", "os._exit(1)") + layer("New"), broken="1 / 0\n" + layer("Lost"))
    outset, proposals = proposed(tmp_path, "mod", "broken", spec=spec_of(tmp_path, "Old"))
    assert list(inferences(proposals)) == ["New"]
    assert sorted(subject.name for subject in outset.known) == ["Base", "Lost", "New", "Old"]
    verdicts = {report.name: report.verdict for report in outset.reports}
    assert verdicts == {"Base": Verdict.SKIPPED, "broken": Verdict.UNCHECKED}


def test_only_the_classes_asked_for(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("A") + layer("B"))
    outset, proposals = proposed(tmp_path, "mod", only=("B*",))
    assert list(inferences(proposals)) == ["B"]
    assert [subject.name for subject in outset.known] == ["A", "B"]


def test_no_partners_are_started(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("A", "open('said', 'w').write(repr(task.ask('importing', 'answer = 1')))"))
    proposed(tmp_path, "mod")
    assert (tmp_path / "said").read_text() == "Lost(reason='there is no other process')"


def test_no_layer(tmp_path: Path) -> None:
    write(tmp_path, mod="")
    with pytest.raises(NothingToCheck):
        proposed(tmp_path, "mod")


def test_an_entry_for_no_class(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Scale"))
    with pytest.raises(SpecError, match="no layer is named 'Scael'"):
        proposed(tmp_path, "mod", spec=spec_of(tmp_path, "Scael"))


def test_a_wrong_setting(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("A"))
    with pytest.raises(UsageError, match="no device 'abacus'"):
        proposed(tmp_path, "mod", device="abacus")


def test_a_full_disk(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("A", "import errno; raise OSError(errno.ENOSPC, 'full', '/tmp/x')"))
    with pytest.raises(UsageError, match="no space left for /tmp/x"):
        proposed(tmp_path, "mod")


def test_a_fault_of_the_lab_comes_after_all_proposals(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Odd", "raise KeyError('x')") + layer("Good"))
    settings = Settings(("mod",), directory=str(tmp_path), timeout=20.0, jobs=1)
    told: list[Proposal] = []
    with (
        propose_cases(settings, NONE, lab=FAKE) as (_, proposals),
        pytest.raises(LabFault, match=r"mod\.Odd"),
    ):
        told.extend(proposals)
    assert inferences(told)["Odd"].reason.startswith("a fault of maskcheck, ended by KeyError: 'x' while")
    assert inferences(told)["Good"].case is not None


def test_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARENT", str(os.getpid()))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    write(tmp_path, mod=layer("A", "os.kill(int(os.environ['PARENT']), signal.SIGINT); time.sleep(1000)"))
    with pytest.raises(KeyboardInterrupt):
        proposed(tmp_path, "mod")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert list((tmp_path / "tmp").iterdir()) == []
