from __future__ import annotations

import sys
from pathlib import Path

import pytest

from maskcheck.reproduction.prove import Place, prove_script, read_outcome

PLACE = Place("", (), False, 20.0)
OTHERS = 'Traceback (most recent call last):\n  File "/tmp/repro.py", line 3, in <module>\n'


def test_assertion_of_the_script_is_told() -> None:
    assert prove_script('assert 1 == 2, "one is\\nnot two"\n', PLACE).said == "one is not two"


def test_assertion_after_another_error_is_told() -> None:
    script = "try:\n    1 / 0\nexcept Exception as error:\n    raise AssertionError('it raises') from error\n"
    assert prove_script(script, PLACE).said == "it raises"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("x = 1\n", "nothing is lost in it"),
        ("1 / 0\n", "it ends with ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(4)\n", "it ends with the exit code 4"),
        ("def f():\n    assert False\nf()\n", "it ends with AssertionError"),
    ],
)
def test_other_ends_prove_nothing(script: str, reason: str) -> None:
    assert prove_script(script, PLACE).reason.strip() == reason


def test_time_is_limited() -> None:
    outcome = prove_script("import time; time.sleep(60)\n", Place("", (), False, 0.5))
    assert outcome.reason == "it takes more than 0.5 s"


def test_modules_are_found_and_files_are_gone(tmp_path: Path) -> None:
    (tmp_path / "there.py").write_text("NAME = 'there'\n")
    script = "import tempfile, there\nassert not there, tempfile.mkdtemp()\n"
    outcome = prove_script(script, Place("", (str(tmp_path),), False, 20.0))
    assert outcome.said.startswith("/")
    assert not Path(outcome.said).exists()
    assert sys.executable


def test_foreign_frames_are_no_proof() -> None:
    deeper = f'{OTHERS}    f()\n  File "/x/layers.py", line 1, in f\nAssertionError: shape\n'
    assert read_outcome(1, deeper).said == ""
    assert read_outcome(1, f"{OTHERS}    assert x\nAssertionError: lost\n").said == "lost"
