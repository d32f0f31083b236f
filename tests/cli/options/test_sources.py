"""Settings from pyproject.toml, the environment and the command line, which prevail in this order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options.layered import OVERRIDABLE
from maskcheck.cli.options.origin import key_name
from maskcheck.settings import Settings
from tests.cli.conftest import Run
from tests.cli.fakes import Engine

PARAMS = [param for param in scan.params if param.expose_value]
# A value for each setting, as TOML, as a variable, and as the field of the settings that it becomes.
VALUES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "targets": ('["a", "b:C"]', "a b:C", {"targets": ("a", "b:C")}),
    "spec": ('"s.yaml"', "s.yaml", {"spec": "s.yaml"}),
    "only": ('["*Mask", "A?"]', "*Mask A?", {"only": ("*Mask", "A?")}),
    "case": ('"one"', "one", {"case": "one"}),
    "route": ('["weights", "config"]', "weights config", {"routes": ("config", "weights")}),
    "select": ('["MC1", "mc603"]', "MC1,mc603", {"select": ("MC1", "mc603")}),
    "ignore": ('["not-registered"]', "not-registered", {"ignore": ("not-registered",)}),
    "format": ('"json"', "json", {"format": "json"}),
    "report": ('["json=r.json"]', "json=r.json", {"reports": (("json", "r.json"),)}),
    "jobs": ("3", "3", {"jobs": 3}),
    "timeout": ("7", "7", {"timeout": 7.0}),
    "probe": ("false", "0", {"probe": False}),
    "min-proven": ("50.5", "50.5", {"min_proven": 50.5}),
    "rtol": ("1e-3", "1e-3", {"rtol": 1e-3}),
    "atol": ("0", "0", {"atol": 0.0}),
    "seed": ("7", "7", {"seed": 7}),
    "device": ('"gpu"', "gpu", {"device": "gpu"}),
    "cross-device": ("true", "1", {"cross_device": True}),
    "dtypes": ('["float64", "lora"]', "float64 lora", {"dtypes": ("float64", "lora")}),
    "imported": ("true", "1", {"imported": True}),
    "baseline": ('"b.yaml"', "b.yaml", {"baseline": "b.yaml"}),
    "no-baseline": ("true", "1", {"no_baseline": True}),
    "fail-on": ('"warning"', "warning", {"fail_on": "warning"}),
    "exit-zero": ("true", "1", {"exit_zero": True}),
    "maxfail": ("3", "3", {"maxfail": 3}),
    "fail-fast": ("true", "yes", {"maxfail": 1}),
    "last-failed": ("true", "1", {"last_failed": ()}),
    "shard": ('"2/3"', "2/3", {"shard": (2, 3)}),
    "durations": ("5", "5", {"durations": 5}),
    "verbose": ("true", "1", {"verbosity": 1}),
    "quiet": ("true", "1", {"verbosity": -1}),
    "color": ('"never"', "never", {"color": "never"}),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings_of(run: Run, *args: str) -> Settings:
    engine = Engine()
    result = run("scan", *args, engine=engine)
    assert engine.settings is not None, result.err
    return engine.settings


def table(text: str, where: str = ".") -> None:
    Path(where, "pyproject.toml").write_text(f"[tool.maskcheck]\n{text}\n")


def expected(fields: dict[str, Any]) -> Settings:
    return Settings(**{"targets": ("m",), **fields})


def test_every_option_is_tried_here() -> None:
    assert {key_name(param) for param in PARAMS} == set(VALUES)
    assert set(OVERRIDABLE) <= set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_every_option_is_a_key(run: Run, name: str) -> None:
    text, _, fields = VALUES[name]
    table(f"{name} = {text}")
    assert settings_of(run, *([] if name == "targets" else ["m"])) == expected(fields)


@pytest.mark.parametrize("name", VALUES)
def test_every_option_is_a_variable(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, text, fields = VALUES[name]
    monkeypatch.setenv(f"MASKCHECK_{name.replace('-', '_').upper()}", text)
    assert settings_of(run, *([] if name == "targets" else ["m"])) == expected(fields)


def test_the_stronger_place_prevails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table('targets = ["a"]\njobs = 1\nonly = ["A", "B"]\nseed = 1\nprobe = false')
    assert settings_of(run) == Settings(("a",), jobs=1, only=("A", "B"), seed=1, probe=False)
    monkeypatch.setenv("MASKCHECK_JOBS", "2")
    monkeypatch.setenv("MASKCHECK_ONLY", "C")
    assert settings_of(run) == Settings(("a",), jobs=2, only=("C",), seed=1, probe=False)
    given = settings_of(run, "b", "--only", "D", "--seed", "3", "--probe")
    assert given == Settings(("b",), jobs=2, only=("D",), seed=3)


def test_an_empty_variable_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table("jobs = 4")
    monkeypatch.setenv("MASKCHECK_JOBS", "")
    assert settings_of(run, "m").jobs == 4


def test_verbose_and_quiet_exclude_each_other_at_one_place_only(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    table("verbose = true")
    assert settings_of(run, "m", "-q").verbosity == -1
    monkeypatch.setenv("MASKCHECK_QUIET", "1")
    assert settings_of(run, "m").verbosity == -1
    assert settings_of(run, "m", "-v").verbosity == 1
    table("verbose = true\nquiet = true")
    monkeypatch.delenv("MASKCHECK_QUIET")
    assert "-v and -q exclude each other" in run("scan", "m").err


def test_paths_of_a_project_are_relative_to_it(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "below").mkdir()
    monkeypatch.chdir("below")
    paths = 'spec = "s.yaml"\nbaseline = "b.yaml"\nreport = ["json=r.json"]'
    table(f'targets = ["pkg", "src/a.py"]\n{paths}', "..")
    below = settings_of(run)
    assert below.baseline == str(here / "b.yaml")
    assert (below.targets, below.directory) == (("pkg", "src/a.py"), "..")
    assert (below.spec, below.reports) == (str(here / "s.yaml"), (("json", "../r.json"),))
    named = settings_of(run, "m")
    assert named.baseline == "../b.yaml"
    assert (named.targets, named.directory, named.spec) == (("m",), ".", "../s.yaml")
    given = settings_of(run, "--spec", "t.yaml", "--report", "json=t.json")
    assert (given.directory, given.spec) == ("..", str(here / "below" / "t.yaml"))
    assert given.reports == (("json", "t.json"),)


def test_another_file_can_be_named(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table("jobs = 1")
    (here / "sub").mkdir()
    table("jobs = 2", "sub")
    assert settings_of(run, "m", "--config", "sub/pyproject.toml").jobs == 2
    monkeypatch.setenv("MASKCHECK_CONFIG", "sub/pyproject.toml")
    assert settings_of(run, "m").jobs == 2
