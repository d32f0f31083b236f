"""Expectations: known failures, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from maskcheck.errors import did_you_mean
from maskcheck.model.case import Expectation
from maskcheck.model.route import ROUTES
from maskcheck.model.situation import SITUATIONS
from maskcheck.spec.fields import read_fields, read_filled, read_text
from maskcheck.spec.nodes import Node, Pair, fault

_EXAMPLE = '{rule: MC101, subject: dropout, reason: "why"}'
_HINT = f"write {_EXAMPLE}"
_RULE = re.compile(r"MC\d{3}|[a-z]+(-[a-z]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_expectations(node: Node, cases: Sequence[str]) -> tuple[Expectation, ...]:
    """Return the expectations that ``node`` lists; ``cases`` are the ids they may name, if known.

    Raises:
        SpecError: one lacks its rule or reason, or a part of it is faulty.
    """
    return tuple(
        _read_expectation(item, cases)
        for item in read_filled(node, "'expect'", f"write expect: [{_EXAMPLE}]")
    )


def _read_expectation(node: Node, cases: Sequence[str]) -> Expectation:
    known = ("rule", "subject", "case", "route", "reason", "until")
    fields = read_fields(node, "an expectation", known, _HINT)
    for name in ("rule", "reason"):
        if name not in fields:
            raise fault(node, f"an expectation has no {name!r}", _HINT)
    texts = {name: read_text(fields[name].value, repr(name), _hint(name)) for name in known if name in fields}
    _check_rule(fields["rule"].value, texts["rule"])
    if texts.get("case") not in [f"{case}@{name}" for case in cases for name in SITUATIONS]:
        _check_known(fields, texts, "case", cases)
    _check_known(fields, texts, "route", ROUTES)
    if "until" in fields:
        _check_date(fields["until"].value, texts["until"])
    return Expectation(**texts, mark=node.mark)


def _hint(name: str) -> str:
    return "write until: 2027-01-31" if name == "until" else _HINT


def _check_rule(node: Node, rule: str) -> None:
    if not _RULE.fullmatch(rule):
        upper = rule.upper()
        hint = f"write {upper}" if _RULE.fullmatch(upper) else "write a code or name such as MC101"
        raise fault(node, f"{rule!r} is not the code or name of a rule", hint)


def _check_known(
    fields: Mapping[str, Pair], texts: Mapping[str, str], name: str, known: Sequence[str]
) -> None:
    if name in texts and known and texts[name] not in known:
        hint = did_you_mean(texts[name], list(known)) or f"known: {', '.join(known)}"
        raise fault(fields[name].value, f"there is no {name} {texts[name]!r}", hint)


def _check_date(node: Node, text: str) -> None:
    try:
        valid = _DATE.fullmatch(text) and date.fromisoformat(text)
    except ValueError:
        valid = None
    if not valid:
        raise fault(node, f"{text!r} is not a date", _hint("until"))
