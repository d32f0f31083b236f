from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from maskcheck.model.finding import ArrayDelta, Check, MaskRow, Replacement, Status
from maskcheck.model.report import LayerReport, ScanProgress, Unproven
from maskcheck.report.formats.text import WIDTH, TextReporter
from maskcheck.report.reporters import FORMATS
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.progress import Bar
from maskcheck.report.terminal.screen import Screen
from tests.report.compare import stored
from tests.report.samples import (
    ALL,
    BAD,
    BROKEN,
    GOOD,
    LOST,
    SHARED,
    SKIPPED,
    START,
    TALKS,
    WARNED,
    checks,
    events,
)
from tests.report.streams import Terminal
from tests.report.writing import write, written

LINUX = {"TERM": "xterm-256color"}


def rendered(*layers: LayerReport, stream: io.StringIO | None = None, **options: object) -> str:
    stream = stream or io.StringIO()
    screen_options = {
        name: options.pop(name) for name in ("color", "verbosity", "environ", "widest") if name in options
    }
    brief = bool(options.pop("brief", False))
    reporter = TextReporter(Screen(stream, **{"environ": {}, "widest": WIDTH, **screen_options}), brief=brief)
    for event in events(*layers, **options):
        reporter.handle(event)
    reporter.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain.txt", {}),
        ("quiet.txt", {"verbosity": -1}),
        ("verbose.txt", {"verbosity": 1}),
        ("brief.txt", {"brief": True}),
        ("color.txt", {"color": "always"}),
    ],
)
def test_whole_report(name: str, options: dict[str, object]) -> None:
    text = rendered(*ALL, **options)
    assert text == stored(name, text)


# What is written to be copied stays whole, however narrow the terminal.
COPIED = tuple(finding.hint for finding in (*BAD.findings, *WARNED.findings) if finding.hint)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_terminal_of_any_width(columns: int) -> None:
    environ = {"TERM": "dumb", "COLUMNS": str(columns)}
    text = rendered(*ALL, stream=Terminal(), environ=environ)
    wide = [line.strip() for line in text.splitlines() if len(line) > min(columns, WIDTH)]
    copied = {line.strip() for hint in COPIED for line in hint.splitlines()}
    assert set(wide) <= copied
    assert all(line in text for line in copied)
    assert text == stored(f"terminal-{columns}.txt", text)


LONG = ("config", "keras", "weights", "deepcopy", "fresh")


def test_a_long_name_leaves_the_rest_for_the_next_line() -> None:
    fits, long = replace(GOOD, name="N" * 24), replace(GOOD, name="N" * 60)
    assert f"  ✓ {'N' * 24}  config keras weights  arguments 1/1 proven  0.1 s\n" in rendered(fits)
    below = "                           config keras weights  arguments 1/1 proven    0.1 s\n"
    assert f"  ✓ {'N' * 60}\n{below}" in rendered(long)


def test_routes_that_need_more_room_are_counted_and_named_once() -> None:
    some = replace(GOOD, name="Other", routes=LONG[:4])
    text = rendered(*[replace(GOOD, routes=LONG)] * 2, some)
    assert text.count("5 routes    ") == 2
    assert "\n5 routes   config, keras, weights, deepcopy, fresh\n" in text
    assert "\n4 routes   config, keras, weights, deepcopy (Other)\n" in text
    assert "routes" not in rendered(GOOD)
    assert "routes" not in rendered(replace(GOOD, routes=LONG), verbosity=-1)


def test_wide_letters_count_for_two() -> None:
    rows = rendered(replace(GOOD, name="漢字"), GOOD).splitlines()
    wide, narrow = (row.partition("config")[0] for row in rows if "config" in row)
    assert cell_len(wide) == cell_len(narrow)


def test_without_a_terminal_it_is_as_wide_as_on_one() -> None:
    environ = {"TERM": "dumb", "COLUMNS": "200"}
    assert rendered(*ALL) == rendered(*ALL, stream=Terminal(), environ=environ)


def test_the_rules_of_what_is_shown_are_named_once() -> None:
    line = "\nread   maskcheck help MC101 (or MC301, MC503)\n"
    assert line in rendered(BAD, BAD)
    assert "maskcheck help" not in rendered(GOOD)
    assert "maskcheck help" not in rendered(BAD, verbosity=-1)
    assert "maskcheck help" not in rendered(BAD, brief=True)


def last(*layers: LayerReport, **options: object) -> str:
    return rendered(*layers, widest=None, **options).splitlines()[-1]


def test_last_line_counts_in_words_that_fit() -> None:
    assert last(GOOD, seconds=0.04) == (
        "1 layer: 1 conforms · 4 checks: 3 passed, 1 skipped · arguments 1/1 proven · 0.0 s"
    )
    twice = last(GOOD, GOOD, BAD, BAD, WARNED, WARNED)
    assert twice.startswith("6 layers: 2 conform, 2 fail, 2 with warnings · ")
    assert last() == "0 layers · 0 checks · arguments 0/0 proven · 4.2 s"


def test_scan_that_ended_early() -> None:
    interrupted = last(GOOD, planned=10, interrupted=True)
    assert interrupted.startswith("interrupted after 1 of 10 layers · 1 conforms · ")
    assert last(planned=1, interrupted=True).startswith("interrupted after 0 of 1 layer · 0 checks")
    stopped = last(GOOD, BAD, planned=10)
    assert stopped.startswith("stopped early, after 2 of 10 layers · 1 conforms, 1 fails · ")


def test_quiet_and_all_well_is_one_line() -> None:
    assert len(rendered(GOOD, WARNED, verbosity=-1, widest=None).splitlines()) == 1


def test_live_bar_leaves_no_trace_and_lines_stay_above_it() -> None:
    text = rendered(*ALL, stream=Terminal(), environ=LINUX, color="never")
    live, _, after = text.rpartition("\x1b[?25h")
    assert "5/5 layers" in live
    assert "BaseMask" in live
    assert after.startswith("\r\x1b[1A\x1b[2K\n✗ FixedShapeMask")
    assert "\n5 layers: " in after


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 200])
def test_bar_names_what_runs_in_one_row(columns: int) -> None:
    stream, environ = Terminal(), {**LINUX, "COLUMNS": str(columns)}
    reporter = TextReporter(Screen(stream, color="never", environ=environ, widest=WIDTH))
    reporter.handle(replace(START, layers=9))
    before = len(stream.getvalue())
    reporter.handle(ScanProgress(("Attention\x1b[1m", "Sequence" * 20), 4, 9))
    reporter.close()
    rows = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "\n", stream.getvalue()[before:]).splitlines()
    assert max(map(cell_len, rows)) <= min(columns, WIDTH)
    if columns > 40:
        assert any("4/9 layers --:-- left Attention" in row for row in rows)


def test_bar_never_goes_back() -> None:
    bar = Bar(Screen(Terminal(), environ=LINUX).console, 9)
    bar.show(("A",), 5, 9)
    bar.advance(3, 9)
    assert bar.done == 5


def test_progress_is_no_part_of_any_report() -> None:
    told = [*events(GOOD)]
    told.insert(1, ScanProgress(("A",), 0, 1))
    assert all(write(name, told) == written(name, GOOD) for name in FORMATS if name != "github")


def test_a_fault_of_several_classes_is_told_once_and_first() -> None:
    _, _, text = rendered(*SHARED).partition("faults of several classes\n")
    shared, *layers = text.split("\n\n")
    assert shared.startswith(
        "  MC603 not-registered (warning)   2 classes\n"
        "    A is not registered with Keras\n"
        '    write   @keras.saving.register_keras_serializable(package="mymodule")\n'
        "      A   mymodule.py:40\n"
        "      B   mymodule.py:50\n"
        "  MC101 argument-missing   2 classes: Base, FixedShapeMask\n"
    )
    assert not any("MC603 not" in block or "MC101 arg" in block for block in layers)
    assert rendered(*SHARED, verbosity=1).count("MC603 not-registered") == 3


def test_what_is_to_be_written_stands_at_each_class_where_it_differs() -> None:
    other = replace(SHARED[1], findings=(replace(SHARED[1].findings[0], hint="@other"),))
    text = rendered(SHARED[0], other)
    assert "    write\n      A   mymodule.py:40\n        @keras" in text
    assert "      B   mymodule.py:50   @other\n" in text


def test_what_modules_printed_is_told_of_them() -> None:
    told = [TALKS, *list(events(GOOD))[1:]]
    heading = "\nprinted by mymodule while it was imported\n  漢字 é   (2 times)\n  \\x1b[1m\n"
    assert heading in write("text", told, verbosity=1)
    assert "printed" not in write("text", told)


def test_no_bar_when_quiet_or_dumb() -> None:
    for options in ({"environ": LINUX, "verbosity": -1}, {"environ": {"TERM": "dumb"}}):
        text = rendered(*ALL, stream=Terminal(), color="never", **options)
        assert "\x1b" not in text


def test_bar_goes_away_when_the_scan_breaks_off() -> None:
    stream = Terminal()
    reporter = TextReporter(Screen(stream, environ=LINUX))
    reporter.handle(next(events(GOOD)))
    assert "\x1b[?25l" in stream.getvalue()
    reporter.close()
    assert stream.getvalue().rstrip().endswith("\x1b[2K")
    assert "\x1b[?25h" in stream.getvalue()


def test_line_of_a_module_has_no_number() -> None:
    module = replace(BROKEN, line=0, findings=(replace(BROKEN.findings[0], line=None),))
    text = rendered(module)
    assert "? Crash  other.py\n" in text
    assert "see   other.py\n" in text


def test_long_values_are_cut_unless_all_is_asked_for() -> None:
    long = replace(BAD, findings=(replace(LOST, before="x" * 300),))
    assert f"given {'x' * 200}…   " in rendered(long, widest=None)
    assert f"given {'x' * 300}   " in rendered(long, verbosity=1, widest=None)


def test_long_lines_of_others_are_cut_unless_all_is_asked_for() -> None:
    raised = replace(BROKEN.findings[0], message="m" * 700, after="a" * 300)
    layer = replace(BROKEN, findings=(raised,), output="o" * 300)
    assert max(map(len, rendered(layer, widest=None).splitlines())) < 700
    verbose = rendered(layer, verbosity=1, widest=None)
    assert all(each in verbose for each in ("m" * 700, "a" * 300, "o" * 300))


def test_a_case_that_was_not_tried_is_one_line() -> None:
    untried = (
        Check(rule, "config", "one@int8", Status.SKIPPED, "no quantize()") for rule in ("MC101", "MC102")
    )
    text = rendered(replace(GOOD, checks=(*GOOD.checks, *untried)), verbosity=1)
    assert [line.strip() for line in text.splitlines() if "int8" in line] == [
        "skipped   no quantize()   case one@int8"
    ]
    assert "MC102" not in text


def test_skipped_without_a_reason() -> None:
    assert "  - BaseMask               skipped\n" in rendered(replace(SKIPPED, skip=""))


def test_what_was_raised_is_told_line_by_line_and_only_once() -> None:
    raised = replace(BROKEN.findings[0], message="the call raised ValueError: oh", hint="mend it")
    twice = replace(raised, after="oh")
    more = replace(raised, after="oh\n\n\x1b[1mno\n  inputs: (2, 3)")
    assert "    see   other.py:5   mend it\n" in rendered(replace(BROKEN, findings=(twice,)))
    assert rendered(replace(BROKEN, findings=(twice,))).count("oh") == 1
    expected = "ValueError: oh\n      oh\n      \\x1b[1mno\n        inputs: (2, 3)\n    see "
    assert expected in rendered(replace(BROKEN, findings=(more,)))


TEXTS = st.text(st.characters(), min_size=1, max_size=8)


@given(TEXTS, st.sampled_from([-1, 0, 1]))
def test_no_user_text_can_write_to_the_terminal(nasty: str, verbosity: int) -> None:
    finding = replace(
        LOST, subjects=(nasty,), message=nasty, case=nasty, before=nasty, after=nasty, diff=nasty, hint=nasty,
        file=nasty, consequences=(nasty,), masks=(MaskRow(nasty, "T", "F"),),
        deltas=(ArrayDelta(nasty, (1,), (2,), nasty, nasty),),
    )  # fmt: skip
    layer = replace(
        BAD, name=nasty, file=nasty, findings=(finding,), output=nasty, unproven=(Unproven(nasty, nasty),),
        checks=checks("MC1", Status.SKIPPED, nasty, reason=nasty),
    )  # fmt: skip
    text = rendered(layer, replace(SKIPPED, skip=nasty), verbosity=verbosity)
    assert all(each == "\n" or escape_text(each) == each for each in text)


def test_edit_that_was_tried_is_called_proved() -> None:
    edits = (Replacement("mymodule.py", 17, 17, "        return {}\n"),)
    text = written("text", replace(BAD, findings=(replace(LOST, edits=edits),)))
    assert "write (proved)   mymodule.py:17" in text
    assert "(proved)" not in written("text", BAD)
