"""What may stand above a class of the fixtures, and what does stand there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from maskcheck.rules.registry import RULES
from tests.paths import FIXTURES
from tests.scans import expected
from tests.scans.expected import Finding, Fixture, UnreadableError, read, read_block

# What other files show: modules that do not import, layers that crash or hang (fixtures/hostile),
# that prove less than the command line asks for, or that follow the device (fixtures/devices).
ELSEWHERE = {"MC001", "MC005", "MC006", "MC009", "MC702"}
FOLDERS = ("faults", "hostile", "legacy", "modes", "seeds")
ALL = [fixture for folder in FOLDERS for fixture in read(folder).values()]


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("MC101", Finding("MC101")),
        ("MC101 factor", Finding("MC101", names=("factor",))),
        ("warning MC107 sizes, axes", Finding("MC107", "warning", ("sizes", "axes"))),
        ("MC403 scale reported as losses", Finding("MC403", names=("scale",), reported_as="losses")),
        ("note MC607 by h5 clone", Finding("MC607", "note", routes=("h5", "clone"))),
        ("MC301 a.b[0] by export", Finding("MC301", names=("a.b[0]",), routes=("export",))),
    ],
)
def test_line_is_a_finding(line: str, finding: Finding) -> None:
    assert read_block("m.C", [f"# shows: {line}"]).shows == (finding,)


def test_block_has_a_line_for_each_thing_to_say() -> None:
    lines = [
        "# shows: MC101 units",
        "# shows: note MC308",
        "# without a spec: a value that",
        "#   the spec gives",
        "# not as in the table of routes: h5 clone: the route sends it",
        "# Keras 2 shows: nothing",
    ]
    assert read_block("m.C", lines) == Fixture(
        "m.C",
        (Finding("MC101", names=("units",)), Finding("MC308", "note")),
        (),
        "a value that the spec gives",
        other_routes=("h5", "clone"),
    )


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["# shows: MC1"], "no finding: MC1"),
        (["# shows: error MC101"], "no finding: error MC101"),
        (["# shows: MC101 by h6"], "no such routes: h6"),
        (["# shows: nothing", "# show: MC101"], "no such word: # show: MC101"),
        (["# shows: nothing", "# shows: MC101"], "no finding: nothing"),
        (["# shows: nothing", "# without a spec: luck"], "no such need: luck"),
        (["# without a spec: a call that the spec makes"], "shows is missing"),
        (["# shows: nothing", "# out of reach: a", "# out of reach: b"], "said twice"),
    ],
)
def test_what_is_not_understood_is_refused(lines: list[str], words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_block("m.C", lines)


def test_what_stands_above_no_class_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers/one.py").write_text("# shows: nothing\n\n\nclass One:\n    pass\n", "utf-8")
    monkeypatch.setattr(expected, "FIXTURES", tmp_path)
    with pytest.raises(UnreadableError, match=r"one.py:2: what is shown stands above no class"):
        read("layers")


def test_every_fault_has_a_healthy_twin() -> None:
    faults = read("faults")
    assert {id for id, fixture in faults.items() if fixture.shows} == {
        id for id in faults if not id.endswith("Healthy")
    }
    assert [id for id, fixture in faults.items() if fixture.shows and f"{id}Healthy" not in faults] == []


def test_every_rule_has_a_fault() -> None:
    shown = {finding.rule for fixture in read("faults").values() for finding in fixture.shows}
    assert {rule.code for rule in RULES} - ELSEWHERE == shown


def test_fault_files_are_named_after_their_rule() -> None:
    for path in (FIXTURES / "faults").rglob("mc*.py"):
        module = ".".join(path.relative_to(FIXTURES).with_suffix("").parts)
        shown = {
            f.rule for id, each in read("faults").items() if id.startswith(f"{module}.") for f in each.shows
        }
        assert shown == {path.stem.partition("_")[0].upper()}


def test_what_is_out_of_reach_shows_nothing() -> None:
    assert [fixture.id for fixture in ALL if fixture.out_of_reach and fixture.shows] == []


def test_findings_name_what_is_wrong() -> None:
    """Where they do not, the fixture says what they name instead: at most one in twenty may."""
    named = Counter(
        bool(finding.reported_as) for fixture in ALL for finding in fixture.shows if finding.names
    )
    assert named[True] <= 0.05 * named.total()
