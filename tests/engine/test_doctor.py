"""What the doctor says of a set-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.engine import doctor
from maskcheck.engine.doctor import CheckState
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import LayerReport, ScanStarted, Verdict


@pytest.mark.parametrize(
    ("version", "state"),
    [
        ("3.10.13", CheckState.PASS),
        ("3.13.0rc1", CheckState.PASS),
        ("3.9.1", CheckState.WARN),
        ("3.14.0", CheckState.WARN),
    ],
)
def test_pythons(version: str, state: CheckState) -> None:
    remark = doctor.check_python(version)
    assert (remark.state, bool(remark.remedy)) == (state, state is CheckState.WARN)


def test_packages_that_are_missing_or_too_old_are_told_with_the_command_that_mends_it() -> None:
    remarks = list(doctor.check_packages({"tensorflow": "2.15.1", "keras": "", "numpy": "2.0.0"}))
    assert [remark.state for remark in remarks] == [CheckState.FAIL, CheckState.FAIL, CheckState.PASS]
    assert [remark.remedy for remark in remarks[:2]] == [
        "pip install 'tensorflow>=2.16'",
        "pip install 'keras>=3.0'",
    ]
    assert not doctor.is_sound(remarks)


def test_another_backend_is_a_warning() -> None:
    (remark,) = doctor.check_environment({"KERAS_BACKEND": "jax"})
    assert remark.state is CheckState.WARN
    assert doctor.is_sound([remark])
    assert list(doctor.check_environment({})) == []


def test_tf_keras_is_told_where_it_is_there_or_asked_for() -> None:
    asked = {"TF_USE_LEGACY_KERAS": "1"}
    assert list(doctor.check_tf_keras("", {})) == []
    (missing,) = doctor.check_tf_keras("", asked)
    assert (missing.state, missing.remedy) == (CheckState.FAIL, "pip install 'maskcheck[tf-keras]'")
    remarks = [*doctor.check_tf_keras("2.21.0", {}), *doctor.check_tf_keras("2.21.0", asked)]
    assert [remark.state for remark in remarks] == [CheckState.PASS, CheckState.PASS]
    assert remarks[0].text == "2.21.0, for modules that import it"


def test_a_directory_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    assert doctor.check_disk_space(str(tmp_path)).state is CheckState.PASS
    gone = doctor.check_disk_space(str(tmp_path / "gone"))
    assert (gone.state, gone.remedy) == (CheckState.FAIL, "set TMPDIR")


def test_all_devices_are_named_the_chosen_one_first() -> None:
    start = ScanStarted({}, "GPU:0", 0, (), None, 1, ("CPU:0", "GPU:0"))
    assert [remark.text for remark in doctor.check_devices(start)] == ["GPU:0, also CPU:0"]


def test_a_gpu_that_tensorflow_does_not_see_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = tmp_path / "nvidiactl"
    monkeypatch.setattr(doctor, "_GPU_DRIVER", str(driver))
    start = ScanStarted({}, "CPU:0", 0, (), None, 1, ("CPU:0",))
    assert [remark.state for remark in doctor.check_devices(start)] == [CheckState.PASS]
    driver.touch()
    (remark,) = doctor.check_devices(start)
    assert remark.state is CheckState.WARN
    assert "tensorflow[and-cuda]" in remark.remedy


def test_routes_pass_by_their_checks_alone() -> None:
    finding = Finding("MC602", "load-failed", Severity.ERROR, ("load",), "does not load", routes=("h5",))
    checks = (
        Check("MC401", "config", "c", Status.PASSED, ""),
        Check("MC401", "keras", "c", Status.SKIPPED, "no h5py"),
        Check("MC602", "h5", "c", Status.FAILED, ""),
    )
    report = LayerReport(
        "a.B",
        "B",
        "a.py",
        1,
        Verdict.FAIL,
        routes=("config", "keras", "h5"),
        findings=(finding,),
        checks=checks,
    )
    remarks = {remark.topic: remark for remark in doctor.check_routes(report)}
    assert {topic: remark.state.value for topic, remark in remarks.items()} == {
        "route config": "PASS",
        "route keras": "FAIL",
        "route h5": "FAIL",
    }
    assert remarks["route keras"].text == "no h5py"
    assert remarks["route h5"].text == "MC602: does not load"


def test_the_sample_is_there() -> None:
    assert Path(doctor.SAMPLE).is_file()
