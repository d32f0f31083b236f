"""What a page says that a command prints is what it prints; TEST_UPDATE=1 writes the outputs anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from maskcheck.exits import Exit
from maskcheck.specfile.read.load import load_spec
from tests.docs.pages import Block, blocks, blocks_of, files_of
from tests.paths import ROOT

_SITE_PACKAGES = re.compile(r"\S*site-packages/")
pytestmark = pytest.mark.tensorflow
# Programs that an example may call: those of Python are the ones that are tested.
_PROGRAMS = ("maskcheck", "pytest")
(SPEC,) = (block for block in blocks_of("yaml") if block.page.stem == "spec")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose programs are those of this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    for name in _PROGRAMS:
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n')
        program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
        # Of plugins pytest loads maskcheck's alone, whether it is installed or not.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": "-p maskcheck.plugin -p no:cacheprovider",
    }


def run(command: str, place: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run a command as a shell does; returns its exit code and what it printed: on stderr if it failed."""
    done = subprocess.run(
        command,
        shell=True,
        cwd=place,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    failed = done.returncode not in (Exit.CONFORM, Exit.FINDINGS)
    return done.returncode, done.stdout + (done.stderr if failed else "")


def write_files(block: Block, place: Path) -> None:
    """Write what an example lies beside."""
    for name, text in files_of(block).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")


def is_of_another_keras(block: Block) -> bool:
    """Tell whether an example shows what layers of Keras lose, by another version than is installed."""
    shown = re.search(r" (tf_keras|Keras) (\S+) ·", block.text)
    return bool(shown and "keras.layers" in block.text and shown[2] != version(shown[1].lower()))


def comparable(output: str) -> str:
    """Return the output without what differs from machine to machine."""
    versions = re.sub(
        r"TensorFlow \S+ ·\s+(\w*)eras \S+ ·\s+\S+ ·", r"TensorFlow · \1eras · device ·", output
    )
    return re.sub(r"\d+\.\d+ ?s\b(?: \(\d+:\d+:\d+\))?", "0.0 s", versions)


def words(output: str) -> list[str]:
    """Return the words of an output: where a line ends depends on the length of paths and times."""
    return comparable(output).split()


@pytest.mark.parametrize("block", blocks_of("console"), ids=lambda block: block.id)
def test_output_is_that_of_the_command(block: Block, tmp_path: Path, environment: dict[str, str]) -> None:
    commands = re.findall(r"^\$ (.*)$", block.text, re.MULTILINE)
    if "tf_keras" in block.text and find_spec("tf_keras") is None:
        pytest.skip("tf_keras is not installed")
    update = bool(os.environ.get("TEST_UPDATE"))
    if is_of_another_keras(block) and not update:
        pytest.skip("another version of Keras is installed, and loses other things")
    write_files(block, tmp_path)
    if commands[0].startswith("maskcheck init"):
        (tmp_path / "maskcheck.yaml").unlink()
    real = ""
    for command in commands:
        code, output = run(command, tmp_path, environment)
        assert code in (Exit.CONFORM, Exit.FINDINGS), output
        real += f"$ {command}\n{_SITE_PACKAGES.sub('', output)}"
    if update and comparable(block.text) != comparable(real):
        page = block.page.read_text("utf-8")
        block.page.write_text(page.replace(f"```console\n{block.text}", f"```console\n{real}"), "utf-8")
    else:
        assert words(block.text) == words(real), "run with TEST_UPDATE=1 to write it anew"


@pytest.mark.parametrize("block", blocks_of("pycon"), ids=lambda block: block.id)
def test_session_gives_what_is_shown(block: Block, tmp_path: Path, environment: dict[str, str]) -> None:
    write_files(block, tmp_path)
    (tmp_path / "session.txt").write_text(block.text, "utf-8")
    assert run(f"{sys.executable} -m doctest session.txt", tmp_path, environment) == (0, "")


def test_spec_for_layers_of_keras_does_what_it_says(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "maskcheck.yaml").write_text(SPEC.text, "utf-8")
    layers = load_spec(str(tmp_path / "maskcheck.yaml")).layers
    only = " ".join(f"--only {layer.name}" for layer in layers)
    code, output = run(f"maskcheck scan keras.layers --imported {only}", tmp_path, environment)
    assert code == Exit.CONFORM, output
    assert f"\n{len(layers)} layers: {len(layers) - 1} conform, 1 skipped" in output
    assert len(re.findall(r"CategoryEncoding +1 expected", output)) == 1


def test_comment_in_the_source_is_heeded(tmp_path: Path, environment: dict[str, str]) -> None:
    (block,) = (block for block in blocks() if block.file == "commented.py")
    (tmp_path / block.file).write_text(block.text, "utf-8")
    code, output = run("maskcheck scan commented.py --route config --ignore MC603", tmp_path, environment)
    assert (code, "1 expected" in output) == (Exit.CONFORM, True), output
