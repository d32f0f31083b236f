"""What callers ask for becomes settings, or is refused with advice; all without TensorFlow."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from maskcheck.api.options import settings_for, settings_here
from maskcheck.errors import MaskcheckError
from maskcheck.model.route import ROUTES
from maskcheck.settings import Settings


def test_settings_are_those_of_the_command() -> None:
    assert settings_for("pkg", {}) == Settings(("pkg",))
    assert settings_for(["a", "b:C"], {"jobs": 2, "timeout": 3, "spec": None, "probe": False}) == Settings(
        ("a", "b:C"), jobs=2, timeout=3, probe=False
    )


def test_texts_may_give_several_names() -> None:
    settings = settings_for("a, b", {"select": "MC1, MC401", "routes": "keras,config"})
    assert settings.targets == ("a", "b")
    assert settings.select == ("MC1", "MC401")
    assert settings.routes == ("config", "keras")


def test_all_routes() -> None:
    assert settings_for("a", {"routes": "all"}).routes == ROUTES
    assert settings_here("all", {}).routes == tuple(route for route in ROUTES if route != "fresh")
    assert settings_here(None, {}).routes == ("config", "keras", "weights", "deepcopy")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rout": ()}, "there is no setting 'rout' .did you mean 'routes'"),
        ({"format": "json"}, "there is no setting 'format'"),
        ({"routes": ["kera"]}, "there is no route 'kera' .did you mean 'keras'"),
        ({"select": "MC999"}, "no rule 'MC999'"),
        ({"ignore": "MC"}, "no rule is left"),
        ({"only": [3]}, r"only must be names, not \[3\]"),
        ({"only": 3}, "only must be names, not 3"),
        ({"ignore": "MC1,,MC2"}, "ignore must be names"),
        ({"seed": "4"}, "seed must be of type int, not '4'"),
        ({"seed": True}, "seed must be of type int, not True"),
        ({"probe": 1}, "probe must be of type bool, not 1"),
        ({"spec": 3}, "spec must be of type str, not 3"),
    ],
)
def test_mistakes_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(MaskcheckError, match=message):
        settings_for("a", options)


def test_what_takes_another_process_is_refused_here() -> None:
    with pytest.raises(MaskcheckError, match="the route 'fresh' ends in another process"):
        settings_here("fresh", {})


def test_importing_maskcheck_imports_nothing_heavy() -> None:
    code = (
        "import sys, maskcheck; maskcheck.check, maskcheck.scan, maskcheck.LayerReport, dir(maskcheck); "
        "print(sorted({'tensorflow', 'keras', 'rich', 'click', 'yaml'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
