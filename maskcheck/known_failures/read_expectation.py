"""Expectations: known failures, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from maskcheck.errors import did_you_mean
from maskcheck.model.case import Expectation
from maskcheck.model.route import ROUTES
from maskcheck.model.variant import VARIANTS
from maskcheck.rules.registry import RULES, rule_of
from maskcheck.yamlfile.fields import read_fields, read_nonempty_items, read_text
from maskcheck.yamlfile.nodes import Node, error_at

_EXAMPLE = '{rule: MC101, subject: dropout, reason: "why"}'
_HINT = f"write {_EXAMPLE}"
RULE = r"MC\d{3}|[a-z]+(?:-[a-z]+)*"
_RULE = re.compile(RULE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_expectations(node: Node, cases: Sequence[str]) -> tuple[Expectation, ...]:
    """Return the expectations that ``node`` lists; ``cases`` are the ids they may name, if known.

    Raises:
        SpecError: one lacks its rule or reason, or a part of it is faulty.
    """
    return tuple(
        _read_expectation(item, cases)
        for item in read_nonempty_items(node, "'expect'", f"write expect: [{_EXAMPLE}]")
    )


def _read_expectation(node: Node, cases: Sequence[str]) -> Expectation:
    known = ("rule", "subject", "case", "route", "reason", "until")
    fields = read_fields(node, "an expectation", known, _HINT)
    for name in ("rule", "reason"):
        if name not in fields:
            raise error_at(node, f"an expectation has no {name!r}", _HINT)
    texts = {name: read_text(fields[name].value, repr(name), _hint(name)) for name in known if name in fields}
    check_rule(fields["rule"].value, texts["rule"])
    repeated = [f"{case}@{name}" for case in cases for name in VARIANTS]
    if "case" in fields and cases and texts["case"] not in repeated:
        check_known(fields["case"].value, texts["case"], "case", cases)
    if "route" in fields:
        check_known(fields["route"].value, texts["route"], "route", ROUTES)
    if "until" in fields:
        _check_date(fields["until"].value, texts["until"])
    subject, case, route, until = (texts.get(name) for name in ("subject", "case", "route", "until"))
    return Expectation(texts["rule"], texts["reason"], subject, case, route, until, node.mark)


def _hint(name: str) -> str:
    return "write until: 2027-01-31" if name == "until" else _HINT


def check_rule(node: Node, rule: str) -> None:
    """Refuse what is not the code or name of a rule.

    Raises:
        SpecError: ``rule``, the text of ``node``, is neither.
    """
    check_rule_form(node, rule)
    if rule_of(rule) is None:
        raise error_at(node, f"there is no rule {rule!r}", suggest_rule(rule))


def check_rule_form(node: Node, rule: str) -> None:
    """Refuse what cannot be the code or name of a rule, of this version or of another.

    Raises:
        SpecError: ``rule``, the text of ``node``, is neither.
    """
    if not _RULE.fullmatch(rule):
        upper = rule.upper()
        hint = f"write {upper}" if _RULE.fullmatch(upper) else "write a code or name such as MC101"
        raise error_at(node, f"{rule!r} is not the code or name of a rule", hint)


def suggest_rule(word: str) -> str:
    """Return what to write instead of a word that is no rule."""
    near = did_you_mean(word, [text for rule in RULES for text in (rule.code, rule.name)])
    return near or "maskcheck rules lists them"


def check_known(node: Node, text: str, what: str, known: Sequence[str]) -> None:
    """Refuse a name that is not among those ``known``.

    Raises:
        SpecError: ``text``, that of ``node``, is not; says which is near.
    """
    if text not in known:
        hint = did_you_mean(text, list(known)) or f"known: {', '.join(known)}"
        raise error_at(node, f"there is no {what} {text!r}", hint)


def _check_date(node: Node, text: str) -> None:
    if not is_date(text):
        raise error_at(node, f"{text!r} is not a date", _hint("until"))


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a day, written as 2027-01-31."""
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
