"""Failures that comments in the source declare as known: ``# maskcheck: expect MC101 rate - reason``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from maskcheck.errors import UsageError
from maskcheck.known_failures.read_expectation import RULE, is_date, suggest_rule
from maskcheck.model.case import Expectation, Mark
from maskcheck.rules.registry import rule_of
from maskcheck.source.comments.comments import ClassSpan, read_comments
from maskcheck.source.regular import find_obstacle
from maskcheck.source.syntax_tree import cached_tree, decode_source

_HINT = "write # maskcheck: expect MC101 argument - the reason"
_COMMENT = re.compile(r"#\s*maskcheck\s*:\s*(?P<word>\S*)\s*(?P<rest>.*)")
_REST = re.compile(
    rf"(?P<rules>(?:{RULE})(?:\s*,\s*(?:{RULE}))*)(?:\s+(?!until\s)(?P<subjects>.+?))?(?:\s+until\s+(?P<until>\S+))?"
)
_DASH = re.compile(r"\s+--?(?:\s+|$)")


def read_expected_failures(file: str) -> Mapping[ClassSpan, tuple[Expectation, ...]]:
    """Return what the comments in ``file`` expect of its classes.

    What cannot be read or parsed expects nothing: the import of it fails, which is reported.

    Raises:
        UsageError: a comment is malformed or belongs to no class.
    """
    try:
        data = b"" if find_obstacle(file) else Path(file).read_bytes()
    except OSError:
        return {}
    tree = cached_tree(file) if b"maskcheck" in data else None
    if not isinstance(tree, ast.Module):
        return {}
    found: dict[ClassSpan, tuple[Expectation, ...]] = {}
    for remark in read_comments(decode_source(data), tree):
        if meant := _COMMENT.search(remark.text):
            mark = Mark(file, remark.line, remark.column + 1)
            expectations = tuple(_parse_comment(meant, mark))
            if remark.owner is None:
                hint = "write it on the line of the class, right above or in its body"
                raise UsageError("the expectation belongs to no class", mark=mark, hint=hint)
            found[remark.owner] = (*found.get(remark.owner, ()), *expectations)
    return found


def _parse_comment(comment: re.Match[str], mark: Mark) -> Iterator[Expectation]:
    if comment["word"] != "expect":
        raise UsageError(f"there is no comment 'maskcheck: {comment['word']}'", mark=mark, hint=_HINT)
    what, *reason = _DASH.split(comment["rest"].strip(), maxsplit=1)
    if not reason or not reason[0]:
        raise UsageError("the expectation gives no reason", mark=mark, hint=_HINT)
    parts = _REST.fullmatch(what)
    if parts is None:
        raise UsageError(f"{what!r} names no rule to expect", mark=mark, hint=_HINT)
    if parts["until"] and not is_date(parts["until"]):
        raise UsageError(f"{parts['until']!r} is not a date", mark=mark, hint="write until 2027-01-31")
    rules = re.split(r"\s*,\s*", parts["rules"])
    for unknown in (rule for rule in rules if rule_of(rule) is None):
        raise UsageError(f"there is no rule {unknown!r}", mark=mark, hint=suggest_rule(unknown))
    subjects = re.split(r"\s*,\s*", parts["subjects"]) if parts["subjects"] else [None]
    for rule, subject in product(rules, subjects):
        yield Expectation(rule, reason[0], subject, until=parts["until"], mark=mark, origin="source")
