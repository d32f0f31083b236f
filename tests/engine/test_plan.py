"""Which classes become jobs, which are skipped and why, and what is wrong with the options."""

from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.engine.plan import plan_layers
from maskcheck.engine.processes.task import Job
from maskcheck.errors import NothingToCheck, SpecError, UsageError
from maskcheck.model.case import Case, LayerSpec, Mark, Spec, Subject
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Confirmation, ImportedWorld, ModuleFile, World
from maskcheck.settings import Settings

SETTINGS = Settings(("mod",))


def subject(name: str, line: int = 1, **values: str) -> Subject:
    return Subject("mod", name, "mod.py", line, **values)  # type: ignore[arg-type]


def confirmed(*subjects: Subject, missing: tuple[Subject, ...] = (), **world: object) -> ImportedWorld:
    modules = (ModuleFile("mod", "mod.py"),)
    return ImportedWorld(
        World("", modules, subjects, **world),  # type: ignore[arg-type]
        setup="setup",
        source=subjects,
        confirmation=Confirmation(subjects, missing=missing),
        failures=(),
    )


def spec(tmp_path: Path, *layers: LayerSpec) -> Spec:
    return Spec(str(tmp_path / "maskcheck.yaml"), layers)


def entry(name: str, *cases: str, skip: str | None = None) -> LayerSpec:
    return LayerSpec(name, Mark("maskcheck.yaml", 3), tuple(map(Case, cases)), skip=skip)


def steps(*worlds: ImportedWorld, spec: Spec = Spec(), **settings: object) -> list[str]:  # noqa: B008
    return [
        f"{step.name}: {step.skip}" if isinstance(step, LayerReport) else step.subject.name  # type: ignore[union-attr]
        for step in plan_layers(worlds, spec, replace(SETTINGS, **settings))  # type: ignore[arg-type]
    ]


def test_classes_are_planned_by_line() -> None:
    assert steps(confirmed(subject("B", 9), subject("A", 20), subject("C", 2))) == ["C", "B", "A"]


def test_a_job_carries_setup_subject_and_spec(tmp_path: Path) -> None:
    layers = entry("A", "one", "two")
    (job,) = plan_layers([confirmed(subject("A"))], spec(tmp_path, layers), SETTINGS)
    assert job == Job("setup", subject("A"), layers)


def test_reasons_to_skip(tmp_path: Path) -> None:
    world = confirmed(
        subject("Abstract", 1, skip="abstract: call"),
        subject("Licensed", 2),
        subject("Wanted", 3, skip="no call method"),
        missing=(subject("Gone", 4),),
    )
    layers = spec(tmp_path, entry("Licensed", skip="needs a licence"), entry("Wanted", "default"))
    told = steps(world, spec=layers)
    assert told[:3] == ["Abstract: abstract: call", "Licensed: needs a licence", "Wanted"]
    assert told[3].startswith("Gone: in the source text, but not there after import")
    (skipped,) = plan_layers([confirmed(subject("Abstract", skip="abstract"))], Spec(), SETTINGS)
    assert isinstance(skipped, LayerReport)
    assert (skipped.verdict, skipped.findings) == (Verdict.SKIPPED, ())


@pytest.mark.parametrize("pattern", ["Outer.In*", "Inner", "mod.Outer.Inner", "*nn*"])
def test_only_looks_at_name_qualified_name_and_id(pattern: str) -> None:
    assert steps(confirmed(subject("Outer.Inner"), subject("B")), only=(pattern,)) == ["Inner"]


def test_only_that_lets_nothing_through_names_what_there_is() -> None:
    with pytest.raises(NothingToCheck, match=r"no layer is named X\*, Y \(there are: A, B\)"):
        steps(confirmed(subject("B"), subject("A")), only=("X*", "Y"))


def test_case_keeps_the_case_and_skips_classes_without_it(tmp_path: Path) -> None:
    world = confirmed(subject("A", 1), subject("B", 2), subject("C", 3))
    layers = spec(tmp_path, entry("A", "one", "two"), entry("B", "default"))
    first, *others = plan_layers([world], layers, replace(SETTINGS, case="two"))
    assert isinstance(first, Job)
    assert first.spec
    assert [case.id for case in first.spec.cases] == ["two"]
    assert [step.skip for step in others if isinstance(step, LayerReport)] == ["has no case 'two'"] * 2
    assert steps(world, spec=layers, case="default") == ["A: has no case 'default'", "B", "C"]


@pytest.mark.parametrize("case", ["two", "two@float64", "two@int8"])
def test_a_repeat_is_asked_for_by_its_id_or_with_its_case(tmp_path: Path, case: str) -> None:
    layers = spec(tmp_path, replace(entry("A", "one", "two"), dtypes=("int8",)))
    settings = replace(SETTINGS, case=case, dtypes=("float64",))
    (job,) = plan_layers([confirmed(subject("A"))], layers, settings)
    assert isinstance(job, Job)
    assert job.spec
    assert [each.id for each in job.spec.cases] == ["two"]
    with pytest.raises(UsageError, match=r"no layer has a case 'two@lora' \(did you mean 'two@float64'"):
        plan_layers([confirmed(subject("A"))], layers, replace(settings, case="two@lora"))


def test_a_repeat_of_an_inferred_case_is_asked_for_by_the_id_in_the_report() -> None:
    assert steps(confirmed(subject("A")), case="inferred@int8", dtypes=("int8",)) == ["A"]


def test_an_unknown_case_lists_the_known(tmp_path: Path) -> None:
    layers = spec(tmp_path, entry("A", "causal", "plain"))
    with pytest.raises(UsageError, match=r"no layer has a case 'caussal' \(did you mean 'causal'\?\)"):
        steps(confirmed(subject("A")), spec=layers, case="caussal")
    with pytest.raises(UsageError, match=r"\(known: causal, default, inferred, plain\)"):
        steps(confirmed(subject("A"), subject("B")), spec=layers, case="zzz")


def test_an_entry_for_no_class_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"maskcheck.yaml:3:1: no layer is named 'Atention'"):
        steps(confirmed(subject("Attention")), spec=spec(tmp_path, entry("Atention", "default")))


@pytest.mark.parametrize(
    "text",
    [
        "if True:\n    class Überall(Base): pass\n",
        "Überall = make('Überall')\n",
        "# coding: latin-1\nclass Überall:\n    name = 'é'\n",
    ],
)
def test_an_entry_for_a_class_elsewhere_below_the_spec_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.py").write_text(text, encoding="latin-1" if "latin" in text else "utf-8")
    (tmp_path / "sub" / "broken.py").write_bytes(b"\xff\xfe\x00")
    layers = spec(tmp_path, entry("sub.other.Überall", "default"))
    assert steps(confirmed(subject("A")), spec=layers) == ["A"]


@pytest.mark.parametrize("folder", [".venv", "site-packages"])
def test_classes_of_installed_packages_do_not_count(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "lib.py").write_text("class Elsewhere: pass\n")
    with pytest.raises(SpecError):
        steps(confirmed(subject("A")), spec=spec(tmp_path, entry("Elsewhere", "default")))


def test_who_names_one_class_needs_not_all_entries(tmp_path: Path) -> None:
    layers = spec(tmp_path, entry("Unseen", "default"))
    assert steps(confirmed(subject("A"), only=frozenset({"A"})), spec=layers) == ["A"]


def test_an_entry_for_a_class_of_a_failed_module_is_no_error(tmp_path: Path) -> None:
    world = replace(
        confirmed(),
        source=(subject("Lost"),),
        failures=(LayerReport("m", "m", "m.py", 1, Verdict.UNCHECKED),),
    )
    assert steps(world, spec=spec(tmp_path, entry("Lost", "default"))) == ["m: "]


def test_an_entry_for_a_class_that_is_not_checked(tmp_path: Path) -> None:
    world = confirmed(subject("Base", skip="abstract: call"))
    with pytest.raises(SpecError, match=r"yaml:3:1: Base is not checked \(abstract: call\)"):
        steps(world, spec=spec(tmp_path, entry("Base")))
    assert steps(world, spec=spec(tmp_path, entry("Base", skip="later"))) == ["Base: later"]
    assert steps(world, spec=spec(tmp_path, entry("Base", "one"))) == ["Base"]
