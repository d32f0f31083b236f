from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.model.route import DEFAULT_ROUTES, ROUTES
from maskcheck.model.variant import VARIANTS
from maskcheck.settings import Settings
from tests.cli.conftest import Run
from tests.cli.fakes import Engine


def settings_of(run: Run, *args: str) -> Settings:
    engine = Engine()
    run("scan", *args, engine=engine)
    assert engine.settings is not None
    return engine.settings


def test_defaults_are_those_of_the_settings(run: Run) -> None:
    assert settings_of(run, "m") == Settings(targets=("m",))


def test_every_option_arrives(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "r.json")
    given = settings_of(
        run, "a", "b:C", "--spec", "s.yaml", "--only", "*Mask", "--only", "A?", "--case", "one",
        "--jobs", "3", "--timeout", "2.5", "--seed", "7",
        "--device", "gpu", "--imported", "-x", "-v", "--color", "never",
        "--format", "json", "--report", f"json={path}", "--select", "mc1", "--ignore", "not-registered",
    )  # fmt: skip
    assert given == Settings(
        targets=("a", "b:C"),
        spec="s.yaml",
        imported=True,
        only=("*Mask", "A?"),
        case="one",
        select=("mc1",),
        ignore=("not-registered",),
        format="json",
        reports=(("json", path),),
        jobs=3,
        timeout=2.5,
        seed=7,
        device="gpu",
        maxfail=1,
        verbosity=1,
        color="never",
    )


def test_quiet(run: Run) -> None:
    assert settings_of(run, "m", "-q").verbosity == -1


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], DEFAULT_ROUTES),
        (["all"], ROUTES),
        (["weights", "config"], ("config", "weights")),
        (["keras", "keras"], ("keras",)),
    ],
)
def test_routes_keep_their_order_and_come_once(
    run: Run, chosen: list[str], expected: tuple[str, ...]
) -> None:
    args = [arg for route in chosen for arg in ("--route", route)]
    assert settings_of(run, "m", *args).routes == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["mixed_float16, float64", "float64"], ("mixed_float16", "float64")),
        (["lora,all"], VARIANTS),
    ],
)
def test_dtypes_by_comma_and_repetition(run: Run, given: list[str], expected: tuple[str, ...]) -> None:
    args = [arg for each in given for arg in ("--dtypes", each)]
    assert settings_of(run, "m", *args).dtypes == expected


def test_codes_by_comma_and_repetition(run: Run) -> None:
    given = settings_of(run, "m", "--select", "MC1, mc603", "--select", "Argument-Missing")
    assert given.select == ("MC1", "mc603", "Argument-Missing")
