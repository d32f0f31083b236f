"""What every test needs, and which tests are run, in which order and by which process."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.paths import ROOT
from tests.run_once import SHARED
from tests.scheduling import GroupScheduling, write_groups
from tests.tensorflow_use import forbid_tensorflow, needs_tensorflow

# They are settings, and would change what is tested.
if variables := [name for name in os.environ if name.startswith("MASKCHECK_")]:
    raise pytest.UsageError(
        f"unset {', '.join(variables)} before testing; TEST_UPDATE=1 writes expected outputs anew"
    )

# A shell without job control starts background processes deaf to Ctrl-C, and they hand that down:
# to the commands that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The tests say themselves when a scan is to believe that it is a step of a workflow; by the other two
# pytest decides how much it prints.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "CI", "BUILD_NUMBER"):
    os.environ.pop(name, None)


# How long an example takes says nothing where other processes run.
settings.register_profile("whole", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
WITHOUT = "without_tensorflow"
# What takes longest begins first.
LONG = [ROOT / "tests" / folder for folder in ("scans", "real")]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which tests that need TensorFlow are left out, and cannot do so in secret."""
    parser.addoption(
        f"--{WITHOUT.replace('_', '-')}", action="store_true", help="run what needs no TensorFlow"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the directory of the runs that all processes share, and forbid TensorFlow if asked to."""
    settings.load_profile("quick" if config.getoption(WITHOUT) else "whole")
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="runs-")
    if config.getoption(WITHOUT):
        forbid_tensorflow()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that directory."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass over modules that import TensorFlow if it is forbidden."""
    forbidden = config.getoption(WITHOUT) and collection_path.suffix == ".py"
    return (forbidden and needs_tensorflow(collection_path)) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what starts TensorFlow, and put the longest tests first."""
    if config.getoption(WITHOUT):
        left_out = [item for item in items if item.get_closest_marker("tensorflow")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=lambda item: not any(item.path.is_relative_to(folder) for folder in LONG))
    if hasattr(config, "workerinput"):
        write_groups(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling:
    """Distribute the tests by their groups."""
    return GroupScheduling(config, log)


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str], str]:
    """Return a function that writes the text of one module and returns its path."""

    def write(text: str) -> str:
        file = tmp_path / "module.py"
        file.write_text(textwrap.dedent(text))
        return str(file)

    return write
