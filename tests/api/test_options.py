"""What callers of `check` ask for becomes settings, or is refused with advice; all without TensorFlow."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from maskcheck.api.options import make_settings
from maskcheck.errors import MaskcheckError
from maskcheck.model.route import ROUTES
from maskcheck.settings import Settings

USUAL: dict[str, Any] = {"select": (), "ignore": (), "probe": True, "seed": 0, "device": "auto"}


def settings(routes: Any = None, **options: Any) -> Settings:
    return make_settings(routes, **{**USUAL, **options})


def test_routes_are_those_that_end_here() -> None:
    assert settings().routes == ("config", "keras", "weights", "deepcopy")
    assert settings("all").routes == tuple(route for route in ROUTES if route != "fresh")
    assert settings("keras, config").routes == settings(["keras", "config"]).routes == ("config", "keras")


def test_rules_are_chosen() -> None:
    assert settings(select="MC1, MC401", ignore=["config-drift"]).select == ("MC1", "MC401")


def test_the_project_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASKCHECK_SEED", "7")
    assert settings().seed == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"routes": "fresh"}, "the route 'fresh' ends in another process"),
        ({"routes": ["kera"]}, "there is no route 'kera' .did you mean 'keras'"),
        ({"routes": 3}, "routes must be names, not 3"),
        ({"select": "MC999"}, "no rule 'MC999'"),
        ({"select": [3]}, r"select must be names, not \[3\]"),
        ({"ignore": "MC"}, "no rule is left"),
        ({"ignore": "MC1,,MC2"}, "ignore must be names"),
        ({"seed": "4"}, "seed must be a whole number from 0 to 4294967295, not '4'"),
        ({"seed": -1}, "seed must be a whole number"),
    ],
)
def test_mistakes_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(MaskcheckError, match=message):
        settings(**options)


def test_importing_maskcheck_imports_nothing_heavy() -> None:
    code = (
        "import sys, maskcheck; maskcheck.check, maskcheck.scan, maskcheck.LayerReport, dir(maskcheck); "
        "print(sorted({'tensorflow', 'keras', 'rich', 'click', 'yaml'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
