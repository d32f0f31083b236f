from __future__ import annotations

import pytest

from maskcheck.errors import UsageError
from maskcheck.project.check import Key, check_table
from maskcheck.project.read import Project
from maskcheck.project.toml import loads

KEYS = (
    Key("jobs", int),
    Key("timeout", float),
    Key("probe", bool),
    Key("case", str),
    Key("only", str, many=True),
)
HEAD = "[tool.maskcheck]\n"
OVERRIDE = "[[tool.maskcheck.overrides]]\n"


def check(text: str) -> None:
    project = Project("pyproject.toml", loads(text)["tool"]["maskcheck"], text)
    check_table(project, KEYS, ("timeout", "only"))


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + "jobs = 3\ntimeout = 3\nprobe = false\ncase = 'one'\nonly = []\n",
        HEAD + "timeout = inf\nonly = ['a', 'b']\n",
        OVERRIDE + "layers = ['a']\ntimeout = 1.5\n" + OVERRIDE + "only = ['x']\nlayers = ['b', 'c']\n",
        HEAD + "overrides = [{layers = ['a'], timeout = 1}]\n",
    ],
)
def test_what_is_right_is_taken(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("job = 3", "2:1: there is no setting 'job' (did you mean 'jobs'?)"),
        ("[tool.maskcheck.jobs]\nx = 1", "2:1: 'jobs' must be a whole number, not {'x': 1}"),
        ("zzz = 3", "2:1: there is no setting 'zzz' (there are jobs, timeout, probe, case, only, overrides)"),
        ("jobs = '3'", "2:1: 'jobs' must be a whole number, not '3'"),
        ("  jobs = 3.0", "2:3: 'jobs' must be a whole number, not 3.0"),
        ("jobs = true", "2:1: 'jobs' must be a whole number, not True"),
        ("timeout = false", "2:1: 'timeout' must be a number, not False"),
        ("probe = 1", "2:1: 'probe' must be true or false, not 1"),
        ('case = "a\\u0000"', "2:1: 'case' must be text in quotes, not 'a\\x00'"),
        ("case = 1979-05-27", "2:1: 'case' must be text in quotes, not datetime.date(1979, 5, 27)"),
        (
            "only = 'a'",
            "2:1: 'only' must be an array, and each value in it text in quotes, not 'a' (write only = [...])",
        ),
        (
            "only = ['a', 1]",
            "2:1: 'only' must be an array, and each value in it text in quotes, not ['a', 1]",
        ),
        ("overrides = 1", "2:1: 'overrides' must be an array of tables (write [[tool.maskcheck.overrides]]"),
        (OVERRIDE + "timeout = 1", "2:1: an override must name its layers (write for example layers = "),
        (OVERRIDE + "layers = []\ntimeout = 1", "2:1: an override must name its layers"),
        (OVERRIDE + "layers = [' ']\ntimeout = 1", "2:1: an override must name its layers"),
        (OVERRIDE + "layers = ['a']", "2:1: this override sets nothing (there are timeout, only)"),
        (OVERRIDE + "layers = 'a'\ntimeout = 1", "3:1: 'layers' must be an array"),
        (
            OVERRIDE + "layers = ['a']\njobs = 1",
            "4:1: 'jobs' cannot be set for single layers (there are timeout",
        ),
        (OVERRIDE + "layer = ['a']", "3:1: there is no setting 'layer' (did you mean 'layers'?)"),
        (OVERRIDE + "layers = ['a']\ntimeout = '1'", "4:1: 'timeout' must be a number, not '1'"),
        (OVERRIDE + "layers = ['a']\ntimeout = 1\n" + OVERRIDE + "x = 1", "6:1: there is no setting 'x'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(HEAD + text)
    assert str(caught.value).startswith(f"pyproject.toml:{message}")
