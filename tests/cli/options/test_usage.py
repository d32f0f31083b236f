from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.fakes import Engine


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["scna", "m"], "there is no command 'scna' (did you mean 'scan'?)"),
        (["mymodule"], "(to check a target, write: maskcheck scan mymodule)"),
        (["scan"], "Missing argument 'TARGET...'"),
        (["scan", ""], "it is empty"),
        (["scan", "m", "--form", "json"], "there is no option '--form' (did you mean '--format'?)"),
        (["list", "m", "--imprted"], "there is no option '--imprted' (did you mean '--imported'?)"),
        (["scan", "m", "-z"], "there is no option '-z'"),
        (["scan", "m", "--format", "xml"], "'xml' is not one of 'text', 'concise', "),
        (["scan", "m", "--route", "pigeon"], "'pigeon' is not one of 'config', 'keras', 'weights'"),
        (["scan", "m", "--color", "red"], "'red' is not one of"),
        (["scan", "m", "--jobs", "0"], "0 is not in the range x>=1"),
        (["scan", "m", "--jobs", "many"], "'many' is not a valid integer"),
        (["scan", "m", "--timeout", "0"], "0.0 is not in the range x>0"),
        (["scan", "m", "--timeout", "nan"], "nan is not finite"),
        (["scan", "m", "--timeout", "inf"], "inf is not finite"),
        (["scan", "m", "--seed", "-1"], "-1 is not in the range"),
        (["scan", "m", "--case", ""], "'--case': it is empty"),
        (["scan", "m", "--only", " "], "'--only': it is empty"),
        (["scan", "m", "--device", ""], "'--device': it is empty"),
        (["scan", "m", "--dtypes", "mixed_floot16"], "'mixed_floot16' (did you mean 'mixed_float16'?)"),
        (["scan", "m", "--dtypes", "float64,"], "there is no '' (there are mixed_float16, mixed_bfloat16, "),
        (["scan", "m", "--spec", ""], "'--spec': it is empty"),
        (["scan", "m", "-v", "-q"], "-v and -q exclude each other"),
        (["scan", "m", "--select", "MC999"], "no rule 'MC999'"),
        (["scan", "m", "--select", "MC102"], "no rule 'MC102' (did you mean 'MC101'?)"),
        (["scan", "m", "--ignore", "argument-mising"], "(did you mean 'argument-missing'?)"),
        (["scan", "m", "--ignore", "MC1,,MC6"], "a code is empty"),
        (["scan", "m", "--select", "X"], "no rule 'X'"),
        (["scan", "m", "--select", "MC1", "--ignore", "mc101"], "no rule is left"),
        (["scan", "m", "--report", "report.json"], "is not of the form FORMAT=PATH"),
        (["scan", "m", "--report", "json="], "is not of the form FORMAT=PATH"),
        (["scan", "m", "--report", "jsn=r"], "there is no report format 'jsn' (did you mean 'json'?)"),
        (["scan", "m", "--report", "json=-"], "for standard output use --format json"),
        (["scan", "m", "--report", "json=."], "it is a directory"),
        (["scan", "m", "--report", "json=nowhere/"], "it is a directory"),
        (["scan", "m", "--report", "json=nowhere/r.json"], "there is no directory"),
        (["scan", "m", "--report", "json=a/../r", "--report", "text=r"], "two reports would be written to"),
        (["explain"], "Missing argument 'RULE'"),
        (["explain", "MC1"], "no rule 'MC1'"),
        (["explain", ""], "no rule ''"),
    ],
)
def test_wrong_usage_is_one_message_and_exit_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = Engine()
    result = run(*args, engine=engine)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("maskcheck: error: ")
    assert message in result.err
    assert len(result.err.splitlines()) <= 2
    assert engine.settings is None
    assert list(tmp_path.iterdir()) == []


def test_usage_error_says_where_the_help_is(run: Run) -> None:
    assert run("scan").err.endswith("\nTry 'maskcheck scan --help' for help.\n")


def test_report_below_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("scan", "m", "--report", f"json={tmp_path}/file/r.json")
    assert result.code == 2
    assert "is not a directory" in result.err
