"""The baseline file, written and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.errors import SpecError
from maskcheck.known_failures.baseline_file import dump_baseline, load_baseline, parse_baseline
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.route import ROUTES

ENTRIES = (
    Known("pkg.B", "MC401", "outputs", ("keras",)),
    Known("pkg.B", "MC101", "rate", ("keras", "config")),
    Known("pkg.make.<locals>.A", "MC002", "A"),
    Known("pkg.B", "MC101", "rate", ("config", "build")),
    Known("pkg.B", "MC101", "axis", ("config",), repeated=True),
)
TEXT = """\
version: 1
findings:
  pkg.B:
    - {rule: MC101, subject: axis, routes: [config], repeated: true}
    - {rule: MC101, subject: rate, routes: [build, config, keras]}
    - {rule: MC401, subject: outputs, routes: [keras]}
  "pkg.make.<locals>.A":
    - {rule: MC002, subject: A}
"""
KNOWN = st.builds(
    Known,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
    st.sampled_from(["MC101", "MC401"]),
    st.just("") | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip),
    st.lists(st.sampled_from(ROUTES), unique=True, max_size=3).map(
        lambda routes: tuple(sorted(routes, key=ROUTES.index))
    ),
    st.booleans(),
)


def bare(baseline: Baseline) -> list[Known]:
    return [replace(entry, mark=None) for entry in baseline.entries]


def test_sorted_with_a_line_for_each_entry() -> None:
    comment, text = dump_baseline(ENTRIES).split("version", 1)
    assert all(line.startswith("#") for line in comment.splitlines())
    assert f"version{text}" == TEXT


def test_read_with_the_place_of_each_entry() -> None:
    entries = parse_baseline(TEXT, "b.yaml").entries
    assert [(e.id, e.rule, e.subject, e.routes, e.repeated) for e in entries][1] == (
        "pkg.B",
        "MC101",
        "rate",
        ("build", "config", "keras"),
        False,
    )
    assert [e.mark and e.mark.line for e in entries] == [4, 5, 6, 8]


def test_empty() -> None:
    assert parse_baseline(dump_baseline([]), "b.yaml") == Baseline("b.yaml")


@given(st.lists(KNOWN, max_size=4))
def test_what_is_written_is_read_back(entries: list[Known]) -> None:
    text = dump_baseline(entries)
    read = bare(parse_baseline(text, "b.yaml"))
    assert dump_baseline(read) == text
    assert {(e.id, e.rule, e.subject, e.repeated) for e in read} == {
        (e.id, e.rule, e.subject, e.repeated) for e in entries
    }
    assert {(e.id, e.rule, e.subject, e.repeated, r) for e in read for r in e.routes} == {
        (e.id, e.rule, e.subject, e.repeated, r) for e in entries for r in e.routes
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the baseline is empty (start the file with version: 1)"),
        ("version: 2", "1:10: version 2 of the baseline is not known here (write version: 1)"),
        ("findings: {}", "1:1: the baseline has no 'version' (start the file with version: 1)"),
        ("version: 1", "1:1: the baseline has no 'findings' (write findings: and below it the classes)"),
        ("version: 1\nfindings: []", "2:11: 'findings' must be a mapping, not a list"),
        ("version: 1\nfindings: {A: []}", "2:15: the entry 'A' is empty"),
        ("version: 1\nfindings:\n  A:\n  - {subject: x}", "4:5: a finding has no 'rule'"),
        ("version: 1\nfindings:\n  A:\n  - {rule: mc101}", "4:12: 'mc101' is not the code or name of a rule"),
        ("version: 1\nfindings:\n  A:\n  - {rule: MC101, routes: [kera]}", "4:28: there is no route 'kera'"),
        ("version: 1\nfindings:\n  A:\n  - {rule: MC101, line: 3}", "4:19: unknown key 'line' in a finding"),
        ("version: 1\nfindings:\n  A:\n  - {rule: MC101, repeated: 1}", "4:29: 'repeated' must be true"),
        ("version: 1\nfindings: {A: [{rule: MC101}], A: []}", "2:32: duplicate key 'A'"),
        ("version: 1\nfindings: [", "2:12: not YAML"),
    ],
)
def test_faults(text: str, message: str) -> None:
    with pytest.raises(SpecError) as raised:
        parse_baseline(text, "b.yaml")
    assert str(raised.value).startswith(f"b.yaml:{message}")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"there is no baseline file .*check the path given to --baseline"):
        load_baseline(str(tmp_path / "b.yaml"))
