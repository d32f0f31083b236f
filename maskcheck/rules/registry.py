"""Every rule of the folders beside this file, in the order in which they are judged."""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import walk_packages

import maskcheck.rules
from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import Mark
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.causes import sort_by_causes
from maskcheck.rules.run.stale_expectation import StaleExpectation

_PACKAGE = maskcheck.rules.__name__
# What rules share, and no rule itself.
_SHARED = f"{_PACKAGE}.base"


def _find_rule_classes() -> Iterator[type[Rule]]:
    """Yield the class of each rule, found in the module that defines it."""
    for module in walk_packages(maskcheck.rules.__path__, f"{_PACKAGE}."):
        if not module.name.startswith(_SHARED):
            for kind in vars(import_module(module.name)).values():
                # On Python 3.10 an alias such as list[str] passes for a type, too.
                if isinstance(kind, ABCMeta) and issubclass(kind, Rule) and kind.__module__ == module.name:
                    yield kind


def _make_rules() -> tuple[Rule, ...]:
    rules = {kind.code: kind() for kind in _find_rule_classes()}
    return tuple(rules[code] for code in sort_by_causes(rules))


RULES = _make_rules()


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that ``select`` keeps (all if empty) and ``ignore`` does not drop.

    Both hold prefixes of codes or names of rules.

    Raises:
        UsageError: a prefix or name that fits no rule.
    """
    for word in (*select, *ignore):
        if not any(matches(rule, word) for rule in RULES):
            known = [text for rule in RULES for text in (rule.code, rule.name)]
            raise UsageError(f"no rule {word!r}", hint=did_you_mean(word, known))
    return tuple(
        rule
        for rule in RULES
        if (not select or any(matches(rule, word) for word in select))
        and not any(matches(rule, word) for word in ignore)
    )


def applied_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that a scan applies: what is expected of these is held to account in any case.

    Raises:
        UsageError: a prefix or name that fits no rule.
    """
    return select_rules((*select, StaleExpectation.code) if select else (), ignore)


def check_selection(select: Sequence[str], ignore: Sequence[str], mark: Mark | None = None) -> None:
    """Refuse to leave out all rules.

    Raises:
        UsageError: no rule is left, as ``mark`` says, or a prefix or name fits none.
    """
    if not select_rules(select, ignore):
        raise UsageError("no rule is left: ignore takes away all that select names", mark=mark)


def matches(rule: Rule, word: str) -> bool:
    """Tell whether ``word`` is the rule's name or a prefix of its code."""
    return rule.name == word.lower() or (word != "" and rule.code.startswith(word.upper()))


def find_rule(word: str) -> Rule:
    """Return the rule of a code or name.

    Raises:
        UsageError: there is none; names the nearest.
    """
    for rule in RULES:
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    known = [text for rule in RULES for text in (rule.code, rule.name)]
    raise UsageError(f"no rule {word!r}", hint=did_you_mean(word, known))


def rule_of(word: str) -> Rule | None:
    """Return the rule of a code or name, None where there is none."""
    return next((rule for rule in RULES if word in (rule.code, rule.name)), None)
