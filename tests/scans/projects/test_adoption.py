"""A team takes maskcheck up: from the first red scan to a gate that only what is new can close."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maskcheck.exits import Exit
from maskcheck.known_failures.baseline_file import BASELINE_NAME

pytestmark = pytest.mark.tensorflow

ROUTES = ("--route", "config")
LAYER = """

@keras.saving.register_keras_serializable(package="mypkg")
class {name}(keras.layers.Layer):{comment}
    def __init__(self, {argument}=0.0, **kwargs):
        super().__init__(**kwargs)
        self.{argument} = {argument}

    def call(self, inputs):
        return inputs + self.{argument}

    def get_config(self):
        return {{**super().get_config(){kept}}}
"""
KNOWN = "  # maskcheck: expect MC101 rate - old files have none"


@dataclass(frozen=True)
class Repository:
    """A package with a module of layers, each of which loses its argument or does not."""

    place: Path

    def write(self, **layers: bool) -> None:
        """Write the module anew: layers named after their arguments, True for those without a fault."""
        texts = [
            LAYER.format(
                name=argument.title(),
                argument=argument,
                comment=KNOWN if argument == "rate" else "",
                kept=f', "{argument}": self.{argument}' if sound else "",
            )
            for argument, sound in layers.items()
        ]
        (self.place / "mypkg/layers.py").write_text("import keras\n" + "".join(texts), "utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run the command on the package and return how it ended and what it printed."""
        command = [sys.executable, "-m", "maskcheck", *arguments, "mypkg", *ROUTES]
        done = subprocess.run(command, cwd=self.place, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode in (Exit.CONFORM, Exit.FINDINGS), done.stderr
        return done.returncode, done.stdout

    def report(self, name: str) -> dict[str, Any]:
        """Return the JSON report in the file ``name`` without what time has a say in."""
        found: dict[str, Any] = json.loads((self.place / name).read_text("utf-8"))
        for part in (found["summary"], *found["layers"]):
            del part["seconds"]
        return found

    @property
    def baseline(self) -> str:
        return (self.place / BASELINE_NAME).read_text("utf-8").partition("findings:\n")[2]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository as it is found: three faults, one of them declared in the source, and a sound layer."""
    place = tmp_path_factory.mktemp("repository")
    (place / "mypkg").mkdir()
    (place / "mypkg/__init__.py").touch()
    found = Repository(place)
    found.write(scale=False, shift=False, power=False, rate=False, sound=True)
    return found


def test_shards_merged_are_the_whole(repository: Repository) -> None:
    """And what the first scan of the repository says is what the next test begins with."""
    code, text = repository.run("scan", "--report", "json=whole.json")
    assert code == Exit.FINDINGS
    assert "\n5 layers: 2 conform, 3 fail ·" in text
    parts = [f"{number}.json" for number in (1, 2, 3)]
    codes = [repository.run("scan", "--shard", f"{p[0]}/3", "--report", f"json={p}", "-q")[0] for p in parts]
    command = [sys.executable, "-m", "maskcheck", "merge", *parts, "--format", "json", "-q"]
    merged = subprocess.run(command, cwd=repository.place, capture_output=True, encoding="utf-8", check=False)
    (repository.place / "merged.json").write_text(merged.stdout, "utf-8")
    assert merged.returncode == max(codes) == code
    assert repository.report("merged.json") == repository.report("whole.json")


def test_from_the_first_scan_to_a_green_gate_and_on(repository: Repository) -> None:
    assert repository.run("baseline", "write")[0] == Exit.CONFORM
    assert repository.baseline == "".join(
        f"  mypkg.layers.{name}:\n    - {{rule: MC101, subject: {name.lower()}, routes: [config]}}\n"
        for name in ("Power", "Scale", "Shift")
    )

    code, text = repository.run("scan", "-v")
    assert code == Exit.CONFORM
    assert "\n5 layers: 5 conform ·" in text
    assert f"    expected   {BASELINE_NAME}:6   known since the baseline was written\n" in text
    assert "    expected   mypkg/layers.py:44   old files have none\n" in text

    # Code may move; what is new fails, and nothing else.
    repository.write(fresh=False, scale=False, shift=False, power=False, rate=False, sound=True)
    code, text = repository.run("scan")
    assert (code, text.count("MC101 argument-missing"), text.count("✗ Fresh")) == (Exit.FINDINGS, 1, 2)

    repository.write(fresh=True, scale=False, shift=False, power=False, rate=False, sound=True)
    assert repository.run("scan", "--last-failed")[0] == Exit.CONFORM

    # What is mended may not stay in the baseline, nor may a class that is gone.
    repository.write(fresh=True, scale=True, power=False, rate=False, sound=True)
    code, text = repository.run("scan")
    assert code == Exit.FINDINGS
    assert "the baseline holds MC101 on scale, which no longer fails" in " ".join(text.split())
    assert f"✗ Shift  {BASELINE_NAME}:10" in text
    assert text.count("  MC008 stale-expectation") == 2

    code, text = repository.run("baseline", "prune")
    assert (code, text.splitlines()[-1]) == (Exit.CONFORM, f"{BASELINE_NAME}: 2 entries removed, 1 kept")
    assert repository.baseline.startswith("  mypkg.layers.Power:\n")
    assert repository.run("scan")[0] == Exit.CONFORM
