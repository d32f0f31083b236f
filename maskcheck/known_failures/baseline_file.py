"""The baseline file: reading it with the place of each entry, and writing it so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from maskcheck.known_failures.read_expectation import check_known, check_rule_form
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.route import ROUTES
from maskcheck.yamlfile.compose import compose
from maskcheck.yamlfile.fields import read_fields, read_nonempty_items, read_pairs, read_text, read_true
from maskcheck.yamlfile.nodes import Node, error_at
from maskcheck.yamlfile.quoting import scalar_text
from maskcheck.yamlfile.read_file import read_text as read_file
from maskcheck.yamlfile.version import VERSION, check_version

BASELINE_NAME = "maskcheck-baseline.yaml"
_HEAD = f"""\
# What was wrong when this file was written. A scan fails on what is new, and on entries of which nothing
# is left: maskcheck baseline prune removes these.
version: {VERSION}
findings:"""
_WHAT = "the baseline"
# What a finding shows on, "build" being all that precedes the routes.
_PLACES = ("build", *ROUTES)
_HINT = "write - {rule: MC101, subject: name, routes: [config]}"


def load_baseline(path: str) -> Baseline:
    """Return the baseline in the file at ``path``.

    Raises:
        SpecError: the file cannot be read or is no valid baseline; says where and what to write.
    """
    return parse_baseline(read_file(path, "baseline"), path)


def parse_baseline(text: str, path: str) -> Baseline:
    """Return the baseline that ``text`` holds; ``path`` is the file that errors name.

    Raises:
        SpecError: it is not a valid baseline; says where and what to write instead.
    """
    root = check_version(compose(text, path), path, _WHAT)
    fields = read_fields(root, _WHAT, ("version", "findings"))
    if "findings" not in fields:
        raise error_at(root, f"{_WHAT} has no 'findings'", "write findings: and below it the classes")
    classes = read_pairs(fields["findings"].value, "'findings'", "write the classes below it, indented")
    entries = [
        _read_known(name, item)
        for name, pair in classes.items()
        for item in read_nonempty_items(pair.value, f"the entry {name!r}", _HINT)
    ]
    return Baseline(path, tuple(entries))


def _read_known(name: str, node: Node) -> Known:
    fields = read_fields(node, "a finding", ("rule", "subject", "routes", "repeated"), _HINT)
    if "rule" not in fields:
        raise error_at(node, "a finding has no 'rule'", _HINT)
    rule = read_text(fields["rule"].value, "'rule'", _HINT)
    check_rule_form(fields["rule"].value, rule)
    subject = read_text(fields["subject"].value, "'subject'", _HINT) if "subject" in fields else ""
    routes: list[str] = []
    for item in read_nonempty_items(fields["routes"].value, "'routes'", _HINT) if "routes" in fields else ():
        routes.append(read_text(item, "a route", _HINT))
        check_known(item, routes[-1], "route", _PLACES)
    repeated = "repeated" in fields and read_true(fields["repeated"].value, "'repeated'")
    return Known(name, rule, subject, tuple(routes), repeated, node.mark)


def dump_baseline(entries: Iterable[Known]) -> str:
    """Return the text of a baseline: sorted, and a line for each entry, so that it can be compared."""
    return "\n".join([_HEAD, *_entry_lines(merge_entries(entries))]) + "\n"


def merge_entries(entries: Iterable[Known]) -> list[Known]:
    """Return the entries in their order, each class, rule and subject once with all routes."""
    routes: dict[Known, set[str]] = {}
    for entry in entries:
        routes.setdefault(replace(entry, routes=(), mark=None), set()).update(entry.routes)
    whole = [replace(entry, routes=tuple(sorted(on, key=_PLACES.index))) for entry, on in routes.items()]
    return sorted(whole, key=lambda entry: (entry.id, entry.rule, entry.subject, entry.repeated))


def _entry_lines(entries: list[Known]) -> Iterator[str]:
    if not entries:
        yield "  {}"
    for name, known in groupby(entries, key=lambda entry: entry.id):
        yield f"  {scalar_text(name)}:"
        yield from (f"    - {{{', '.join(_entry_fields(entry))}}}" for entry in known)


def _entry_fields(entry: Known) -> Iterator[str]:
    yield f"rule: {entry.rule}"
    if entry.subject:
        yield f"subject: {scalar_text(entry.subject)}"
    if entry.routes:
        yield f"routes: [{', '.join(entry.routes)}]"
    if entry.repeated:
        yield "repeated: true"
