"""Comments that expect failures, and what is wrong with those that are no such comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maskcheck.errors import UsageError
from maskcheck.known_failures.source_comments import read_expected_failures

Source = Callable[[str], str]


def read(source: Source, comment: str) -> list[tuple[str, str | None, str | None, str]]:
    found = read_expected_failures(source(f"class A:  # noqa  {comment}\n    pass\n"))
    return [(e.rule, e.subject, e.until, e.reason) for each in found.values() for e in each]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# maskcheck: expect MC101 rate - kept", [("MC101", "rate", None, "kept")]),
        ("#maskcheck:expect MC101 -- kept - for now", [("MC101", None, None, "kept - for now")]),
        ("# maskcheck: expect argument-missing a.b - #42", [("argument-missing", "a.b", None, "#42")]),
        (
            "# maskcheck: expect MC101, MC401 a, b until 2027-01-31 - kept",
            [(rule, name, "2027-01-31", "kept") for rule in ("MC101", "MC401") for name in "ab"],
        ),
        ("# maskcheck: expect MC005 until 2027-01-31 - kept", [("MC005", None, "2027-01-31", "kept")]),
        ("# maskcheck is run on this", []),
    ],
)
def test_comments(source: Source, comment: str, expected: list[tuple[str, ...]]) -> None:
    assert read(source, comment) == expected


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# maskcheck: ignore MC101 - why", "there is no comment 'maskcheck: ignore'"),
        ("# maskcheck: expect MC101 rate", "the expectation gives no reason"),
        ("# maskcheck: expect MC101 rate -", "the expectation gives no reason"),
        ("# maskcheck: expect mc101 rate - why", "'mc101 rate' names no rule to expect"),
        ("# maskcheck: expect MC101 until soon - why", "'soon' is not a date"),
        ("# maskcheck: expect MC101 until 2027-02-30 - why", "'2027-02-30' is not a date"),
    ],
)
def test_malformed_comments(source: Source, comment: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(source, comment)
    error = raised.value
    assert error.message == message
    assert error.mark is not None
    assert (Path(error.mark.file).name, error.mark.line, error.mark.column) == ("module.py", 1, 11)
    assert error.hint.startswith("write ")


@pytest.mark.parametrize("rule", ["MC110", "argument-mising", "MC101, MC110"])
def test_a_rule_that_does_not_exist(source: Source, rule: str) -> None:
    with pytest.raises(UsageError, match=r"module\.py:1:11: there is no rule .* \(did you mean"):
        read(source, f"# maskcheck: expect {rule} rate - why")


def test_a_comment_about_no_class(source: Source) -> None:
    with pytest.raises(UsageError, match="belongs to no class") as raised:
        read_expected_failures(source("x = 1\n# maskcheck: expect MC101 - why\n"))
    assert raised.value.mark is not None
    assert raised.value.mark.line == 2


def test_where_it_is_written(source: Source) -> None:
    path = source("\nclass A:\n    # maskcheck: expect MC101 - why\n    x = 1\n")
    ((owner, (expectation,)),) = read_expected_failures(path).items()
    assert (owner.name, owner.first, owner.line, owner.last) == ("A", 2, 2, 4)
    assert (str(expectation.mark), expectation.origin) == (f"{path}:3:5", "source")


@pytest.mark.parametrize("text", ["class A:\n  x = (  # maskcheck: expect\n", "\0maskcheck"])
def test_what_cannot_be_parsed_expects_nothing(source: Source, text: str, tmp_path: Path) -> None:
    assert read_expected_failures(source(text)) == {}
    assert read_expected_failures(str(tmp_path / "missing.py")) == {}
