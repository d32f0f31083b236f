"""Scans ``fixtures/values`` once and compares what becomes of each value with the table."""

from __future__ import annotations

import pytest

from tests.scans.fixture_scan import Layer, scan
from tests.scans.values_table import LAYERS, VALUES

# Live values in a config are MC108 here, whatever they are.
OPTIONS = ("--format", "json", "--route", "config", "--route", "keras", "--no-probe", "--ignore", "MC108")


@pytest.fixture(scope="module")
def layers() -> dict[str, Layer]:
    done = scan("values", options=OPTIONS)
    assert done.exit_code == 1, done.stderr
    return {name.rpartition(".")[2]: layer for name, layer in done.layers.items()}


def failed(layer: Layer, case: str) -> str:
    """Return the rules that failed in one case, "-" for none."""
    checks = [check for check in layer["checks"] if check["case"] == case]
    assert checks, f"no case {case}"
    return " ".join(sorted({check["rule"] for check in checks if check["status"] == "failed"})) or "-"


@pytest.mark.parametrize("value", VALUES)
def test_value_comes_back_as_the_table_says(layers: dict[str, Layer], value: str) -> None:
    assert tuple(failed(layers[name], value) for name in LAYERS) == VALUES[value]


def test_every_case_is_in_the_table(layers: dict[str, Layer]) -> None:
    assert set(layers) == set(LAYERS)
    assert all({case["id"] for case in layer["cases"]} == set(VALUES) for layer in layers.values())
