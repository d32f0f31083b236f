"""What ``maskcheck fix`` prints: the edits of each class as a diff, and what no edit mends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace

import click
from rich.text import Text

from maskcheck.fixes.apply import apply_edits
from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Applicability, Edit
from maskcheck.fixes.fix import Fixes
from maskcheck.fixes.mend import Mended, ProvedEdit
from maskcheck.fixes.patch import write_diff
from maskcheck.fixes.write import list_changed
from maskcheck.model.finding import Finding
from maskcheck.report.counts import count_noun
from maskcheck.report.terminal.diff import diff_lines
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.findings import SEVERITIES
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.location import make_location
from maskcheck.report.terminal.screen import Screen

_GAP = "   "
_ANSWERS = ("y", "n", "a", "q")


def list_fix_lines(fixes: Fixes, page: Page) -> Iterator[Line]:
    """Yield the edits of each class with their diff; with -v also why findings stay."""
    made: list[Edit] = []
    for mended in fixes.layers:
        if mended.edits or page.verbose:
            yield from _list_class_lines(fixes, mended, made, page)
        made += [proved.edit for proved in mended.edits]


def _list_class_lines(fixes: Fixes, mended: Mended, made: list[Edit], page: Page) -> Iterator[Line]:
    location = make_location(mended.before.file, mended.before.line)
    yield Line(Text.assemble((escape_text(mended.before.name), "bold"), f"  {location}"))
    for proved in mended.edits:
        yield from _list_edit_lines(proved)
    own = [proved.edit for proved in mended.edits]
    files = {change.file for edit in own for change in edit.changes}
    before = apply_edits(fixes.contents, made, files)
    after = apply_edits(fixes.contents, [*made, *own], files)
    yield from _list_diff_lines(before, after, page)
    for refusal in mended.refusals if page.verbose else ():
        text = f"{refusal.finding.subject}: {refusal.reason}"
        yield Line(_describe_finding(refusal.finding, text), 2)
    yield Line(Text())


def _list_edit_lines(proved: ProvedEdit) -> Iterator[Line]:
    unsafe = " (unsafe)" if proved.edit.applicability is Applicability.UNSAFE else ""
    for finding in proved.findings:
        yield Line(_describe_finding(finding, f"{proved.edit.title}{unsafe}"), 2)


def _describe_finding(finding: Finding, text: str) -> Text:
    head = Text(f"{finding.rule} {finding.name}", SEVERITIES[finding.severity])
    return Text(_GAP).join([head, Text(escape_text(text))])


def _list_diff_lines(before: Mapping[str, bytes], after: Mapping[str, bytes], page: Page) -> Iterator[Line]:
    for file in list_changed(before, after):
        diff = write_diff(before[file], after[file], shorten_path(file).replace(os.sep, "/"))
        yield from diff_lines(diff.decode("utf-8", "replace"), replace(page, verbosity=1), 4)


def list_summary_lines(fixes: Fixes, page: Page) -> Iterator[Line]:
    """Yield how many findings are mended, and how many stay."""
    wanted, remaining = fixes.list_remaining(written=False), fixes.list_remaining(written=True)
    if not wanted:
        yield Line(Text("nothing to fix", "green"))
        return
    files = list_changed(fixes.contents, fixes.edited)
    by = f"{count_noun(len(fixes.edits), 'edit')} of {count_noun(len(files), 'file')}, each seen to work"
    text = f"{count_noun(len(wanted), 'finding')}: {fixes.count_mended()} mended by {by}"
    yield Line(Text(text if fixes.edits else f"{count_noun(len(wanted), 'finding')}: none mended", "bold"))
    if remaining:
        more = "" if page.verbose else "; -v says why"
        stays = "stays" if len(remaining) == 1 else "stay"
        yield Line(Text(f"{count_noun(len(remaining), 'finding')} {stays}{more}"))


def ask_for_edits(fixes: Fixes, screen: Screen) -> tuple[Edit, ...]:
    """Show one edit after the other, and return those that the user wants."""
    chosen: list[Edit] = []
    everything = False
    for mended in fixes.layers:
        for proved in mended.edits:
            try:
                before = apply_edits(fixes.contents, chosen)
                after = apply_edits(fixes.contents, [*chosen, proved.edit])
            except CannotChange:  # it needs one that is not wanted
                continue
            # What is chosen for another class already needs no second answer.
            if not everything and after != before:
                screen.write([Line(Text(escape_text(mended.before.name), "bold")), *_list_edit_lines(proved)])
                screen.write(_list_diff_lines(before, after, screen.page))
                answer = _ask()
                everything = answer == "a"
                if answer == "q":
                    return tuple(chosen)
                if answer == "n":
                    continue
            chosen.append(proved.edit)
    return tuple(chosen)


def _ask() -> str:
    kind = click.Choice(_ANSWERS)
    answer: str = click.prompt("write this edit? yes, no, all, quit", type=kind, default="n", err=True)
    return answer
