"""Keywords become settings as options do; all without TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maskcheck.cli.from_keywords import settings_by_keywords
from maskcheck.errors import UsageError
from maskcheck.model.route import ROUTES
from maskcheck.settings import Settings


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_are_those_of_the_command() -> None:
    assert settings_by_keywords(["pkg", "-odd"], {}) == Settings(("pkg", "-odd"))


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        ({"jobs": 2, "timeout": 3, "min_proven": 50}, {"jobs": 2, "timeout": 3.0, "min_proven": 50.0}),
        ({"probe": False, "imported": True, "fail_fast": False}, {"probe": False, "imported": True}),
        ({"select": "MC1, MC401", "ignore": ["MC101"]}, {"select": ("MC1", "MC401"), "ignore": ("MC101",)}),
        ({"routes": "keras,config"}, {"routes": ("config", "keras")}),
        ({"routes": ["all"], "only": ("*Mask*", "-x")}, {"routes": ROUTES, "only": ("*Mask*", "-x")}),
        ({"spec": None, "case": "default"}, {"case": "default"}),
    ],
)
def test_each_keyword_is_an_option(options: dict[str, Any], fields: dict[str, Any]) -> None:
    assert settings_by_keywords(["pkg"], options) == Settings(("pkg",), **fields)


def test_the_project_and_the_environment_have_their_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.maskcheck]\nseed = 3\njobs = 2\ntimeout = 9\n", "utf-8")
    monkeypatch.setenv("MASKCHECK_JOBS", "4")
    settings = settings_by_keywords(["pkg"], {"timeout": 5})
    assert (settings.seed, settings.jobs, settings.timeout) == (3, 4, 5.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rout": ()}, "there is no option 'rout' .did you mean 'routes'"),
        ({"format": "json"}, "there is no option 'format'"),
        ({"routes": ["kera"]}, "'kera' is not one of"),
        ({"ignore": "MC"}, "no rule is left"),
        ({"only": 3, "ignore": "MC1,,MC2"}, "a code is empty"),
        ({"jobs": 0}, "0 is not in the range"),
        ({"jobs": "two"}, "'two' is not a valid integer"),
        ({"probe": 1}, "probe must be True or False, not 1"),
        ({"case": ""}, "it is empty"),
    ],
)
def test_mistakes_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        settings_by_keywords(["pkg"], options)


@pytest.mark.parametrize("targets", [[], [""]])
def test_targets_are_needed(targets: list[str]) -> None:
    with pytest.raises(UsageError, match=r"TARGET|empty"):
        settings_by_keywords(targets, {})
