"""What every test needs."""

from __future__ import annotations

import os
import signal
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

# They are settings, and would change what is tested.
if settings := [name for name in os.environ if name.startswith("MASKCHECK_")]:
    raise pytest.UsageError(
        f"unset {', '.join(settings)} before testing; TEST_UPDATE=1 writes expected outputs anew"
    )

# A shell without job control starts background processes deaf to Ctrl-C, and they hand that down:
# to the commands that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The tests say themselves when a scan is to believe that it is a step of a workflow; by the other two
# pytest decides how much it prints.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "CI", "BUILD_NUMBER"):
    os.environ.pop(name, None)


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str], str]:
    """Return a function that writes the text of one module and returns its path."""

    def write(text: str) -> str:
        file = tmp_path / "module.py"
        file.write_text(textwrap.dedent(text))
        return str(file)

    return write
