"""A wrong setting is one message that says where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.cli.app import COMMANDS
from tests.cli.conftest import Run
from tests.cli.fakes import Engine

HEAD = "[tool.maskcheck]\n"
OVERRIDE = '[[tool.maskcheck.overrides]]\nlayers = ["x"]\n'
CONFIGURED = {"scan": ["m"], "list": ["m"], "init": ["m"], "doctor": [], "config": []}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def error(run: Run, *args: str) -> str:
    engine = Engine()
    result = run(*args, engine=engine)
    assert (result.code, result.out, engine.settings) == (2, "", None)
    assert len(result.err.splitlines()) <= 2
    return result.err.removeprefix("maskcheck: error: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + "min_proven = 5",
            "pyproject.toml:2:1: there is no setting 'min_proven' (did you mean 'min-proven'?)",
        ),
        (HEAD + "jobs = 0", "pyproject.toml:2: Invalid value for 'jobs': 0 is not in the range x>=1."),
        (HEAD + "timeout = nan", "pyproject.toml:2: Invalid value for 'timeout': nan is not finite"),
        (HEAD + "min-proven = nan", "pyproject.toml:2: Invalid value for 'min-proven': nan is not finite"),
        (HEAD + "rtol = -1", "pyproject.toml:2: Invalid value for 'rtol': -1.0 is not in the range x>=0."),
        (HEAD + "atol = inf", "pyproject.toml:2: Invalid value for 'atol': inf is not finite"),
        (HEAD + 'route = ["kers"]', "pyproject.toml:2: Invalid value for 'route': 'kers' is not one of"),
        (HEAD + '\nselect = ["MC999"]', "pyproject.toml:3: Invalid value for 'select': no rule 'MC999'"),
        (
            HEAD + 'report = ["json"]',
            "pyproject.toml:2: Invalid value for 'report': 'json' is not of the form",
        ),
        (HEAD + 'report = ["json=x/"]', "pyproject.toml:2: Invalid value for 'report': cannot write 'x/'"),
        (HEAD + 'spec = ""', "pyproject.toml:2: Invalid value for 'spec': it is empty"),
        (HEAD + 'config = "x"', "pyproject.toml:2:1: there is no setting 'config'"),
        (OVERRIDE + "timeout = 0", "pyproject.toml:3:1: 'timeout': 0.0 is not in the range x>0."),
        (OVERRIDE + 'ignore = ["MC999"]', "pyproject.toml:3:1: 'ignore': no rule 'MC999'"),
        (OVERRIDE + 'ignore = ["MC"]', "pyproject.toml:1:1: no rule is left"),
        (OVERRIDE + 'route = ["kers"]', "pyproject.toml:3:1: 'route': 'kers' is not one of"),
    ],
)
def test_in_the_file(run: Run, text: str, message: str) -> None:
    Path("pyproject.toml").write_text(text)
    assert error(run, "scan", "m").startswith(message)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MASKCHECK_JOBS", "0", "Invalid value for MASKCHECK_JOBS: 0 is not in the range x>=1."),
        ("MASKCHECK_JOBS", "many", "Invalid value for MASKCHECK_JOBS: 'many' is not a valid integer"),
        ("MASKCHECK_ROUTE", "keras kers", "Invalid value for MASKCHECK_ROUTE: 'kers' is not one of"),
        (
            "MASKCHECK_VERBOSE",
            "maybe",
            "Invalid value for MASKCHECK_VERBOSE: 'maybe' is not a valid boolean.",
        ),
        ("MASKCHECK_SELECT", "MC9", "Invalid value for MASKCHECK_SELECT: no rule 'MC9'"),
        (
            "MASKCHECK_JOB",
            "3",
            "the environment variable MASKCHECK_JOB is no setting (did you mean 'MASKCHECK_JOBS'?)",
        ),
        ("MASKCHECK_X9", "", "the environment variable MASKCHECK_X9 is no setting ("),
        ("MASKCHECK_CONFIG", "nowhere.toml", "cannot read nowhere.toml: No such file"),
    ],
)
def test_in_the_environment(
    run: Run, name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert error(run, "scan", "m").startswith(message)


def test_what_only_the_engine_can_tell(real_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pyproject.toml").write_text(HEAD + '\ntargets = ["nowhere"]\n')
    assert real_run("scan").err.startswith("maskcheck: error: pyproject.toml:3: no module, file or folder")
    assert real_run("list").err.startswith("maskcheck: error: pyproject.toml:3: no module, file or folder")
    assert real_run("scan", "nowhere").err.startswith("maskcheck: error: no module, file or folder")
    monkeypatch.setenv("MASKCHECK_SPEC", "none.yaml")
    assert real_run("scan").err.startswith(
        "maskcheck: error: MASKCHECK_SPEC: there is no spec file none.yaml"
    )


def test_no_target_at_all(run: Run) -> None:
    assert error(run, "scan").startswith("Missing argument 'TARGET...'")
    Path("pyproject.toml").write_text(HEAD + "targets = []\n")
    assert error(run, "scan").startswith("pyproject.toml:2: Missing argument 'targets'")


@pytest.mark.parametrize("name", CONFIGURED)
def test_every_command_with_settings_reads_them(real_run: Run, name: str) -> None:
    Path("pyproject.toml").write_text(HEAD + "job = 3\n")
    result = real_run(name, *CONFIGURED[name])
    assert (result.code, result.out) == (2, "")
    assert "pyproject.toml:2:1: there is no setting 'job'" in result.err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_broken_file_keeps_nobody_from_the_help(run: Run, name: str) -> None:
    Path("pyproject.toml").write_text("[tool.maskcheck\n")
    assert run(name, "--help").code == 0
