"""The tuple of rules, and how rules are chosen from it."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from pkgutil import walk_packages

import pytest

import maskcheck.rules
from maskcheck.errors import UsageError
from maskcheck.model.route import ROUTES
from maskcheck.rules.base.rule import BUILD, Rule
from maskcheck.rules.causes import EXPLAINED_BY
from maskcheck.rules.registry import RULES, find_rule, matches, select_rules
from tests.paths import ROOT

# Codes are for ever: what a user ignores or expects today must mean the same tomorrow.
CODES = {
    "MC001": "import-failed",
    "MC002": "no-case",
    "MC003": "construct-failed",
    "MC004": "call-failed",
    "MC005": "crashed",
    "MC006": "timed-out",
    "MC007": "unstable",
    "MC008": "stale-expectation",
    "MC009": "too-few-proven",
    "MC101": "argument-missing",
    "MC102": "argument-altered",
    "MC103": "config-rejected",
    "MC104": "config-ignored",
    "MC105": "base-config-lost",
    "MC106": "config-unserializable",
    "MC107": "config-drift",
    "MC108": "config-impure",
    "MC109": "class-degraded",
    "MC201": "attribute-lost",
    "MC202": "attribute-random",
    "MC203": "identity-lost",
    "MC204": "sublayer-changed",
    "MC301": "weight-not-restored",
    "MC302": "weight-missing",
    "MC303": "weights-swapped",
    "MC304": "variable-untracked",
    "MC305": "trainable-changed",
    "MC306": "weight-type-changed",
    "MC307": "own-state-asymmetric",
    "MC308": "state-not-saved",
    "MC309": "compile-state-lost",
    "MC310": "weights-unreadable",
    "MC401": "output-changed",
    "MC402": "output-shape-changed",
    "MC403": "loss-changed",
    "MC404": "training-changed",
    "MC405": "output-shape-misstated",
    "MC406": "output-unusable",
    "MC407": "training-call-failed",
    "MC408": "call-bypassed",
    "MC409": "symbolic-call-failed",
    "MC501": "supports-masking-changed",
    "MC502": "mask-lost",
    "MC503": "mask-changed",
    "MC601": "save-failed",
    "MC602": "load-failed",
    "MC603": "not-registered",
    "MC604": "registration-collision",
    "MC605": "fresh-process-differs",
    "MC606": "unsafe-load",
    "MC607": "format-limit",
    "MC608": "external-file",
    "MC701": "dtype-behaviour-changed",
    "MC702": "device-differs",
}
KNOWN_ROUTES = {BUILD, *ROUTES}
# What no layer beside healthy ones can show: broken modules, dead processes, an option of the command.
ELSEWHERE = {"MC001", "MC005", "MC006", "MC009", "MC702"}


def _classes() -> list[type[Rule]]:
    """Return every rule class that a module of the package defines."""
    found = walk_packages(maskcheck.rules.__path__, "maskcheck.rules.")
    modules = [importlib.import_module(module.name) for module in found]
    # On Python 3.10 an alias such as list[str] passes for a type, too.
    kinds = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type(Rule))]
    return [kind for kind in dict.fromkeys(kinds) if issubclass(kind, Rule) and kind is not Rule]


def test_codes_are_unique_and_keep_their_names() -> None:
    assert Counter(rule.code for rule in RULES).most_common(1)[0][1] == 1
    assert {rule.code: rule.name for rule in RULES}.items() <= CODES.items()


def test_rules_are_judged_in_the_order_of_the_rows() -> None:
    assert [rule.code for rule in RULES] == list(EXPLAINED_BY)


def test_rules_are_found_in_a_zip_archive(tmp_path: Path) -> None:
    archive = tmp_path / "installed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in (ROOT / "maskcheck").rglob("*.py"):
            packed.write(file, file.relative_to(ROOT))
    script = "from maskcheck.rules import registry as r; print(r.__file__, *(rule.code for rule in r.RULES))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(archive), "PYTHONSAFEPATH": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    file, *codes = done.stdout.split()
    assert file.startswith(str(archive))
    assert codes == [rule.code for rule in RULES]


def test_every_rule_of_the_package_is_in_the_tuple() -> None:
    assert {type(rule) for rule in RULES} == {*_classes()}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestRule:
    def test_code_and_name_have_their_form(self, rule: Rule) -> None:
        assert re.fullmatch(r"MC\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)

    def test_file_and_class_are_named_after_the_rule(self, rule: Rule) -> None:
        kind = type(rule)
        assert kind.__module__.rpartition(".")[2] == rule.name.replace("-", "_")
        assert kind.__name__ == "".join(word.capitalize() for word in rule.name.split("-"))

    def test_requires_rules_that_are_judged_before_it(self, rule: Rule) -> None:
        before = [other.code for other in RULES[: RULES.index(rule)]]
        assert rule.requires <= set(before)

    def test_routes_are_known(self, rule: Rule) -> None:
        assert set(rule.routes) <= KNOWN_ROUTES
        assert BUILD not in rule.routes or rule.routes == (BUILD,)

    def test_has_its_fault_among_the_fixtures(self, rule: Rule) -> None:
        family, _, name = type(rule).__module__.removeprefix("maskcheck.rules.").partition(".")
        path = ROOT / f"fixtures/faults/{family}/{rule.code.lower()}_{name}.py"
        assert path.exists() == (rule.code not in ELSEWHERE)

    def test_is_found_by_code_and_by_name(self, rule: Rule) -> None:
        for word in (rule.code, rule.code.lower(), rule.name, rule.name.title()):
            assert find_rule(word) is rule


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("MC101", True),
        ("mc1", True),
        ("M", True),
        ("argument-missing", True),
        ("Argument-Missing", True),
        ("", False),
        ("MC2", False),
        ("argument", False),
        ("MC1011", False),
    ],
)
def test_matches(word: str, fits: bool) -> None:
    assert matches(find_rule("MC101"), word) is fits


def test_everything_is_selected_unless_told_otherwise() -> None:
    assert select_rules((), ()) == RULES


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (["MC50"], [], ["MC501", "MC502", "MC503"]),
        (["mask-lost", "MC101"], [], ["MC101", "MC502"]),
        (["MC5"], ["MC502"], ["MC501", "MC503"]),
        (["MC502"], ["mask-lost"], []),
        (["mc60"], ["MC601", "MC602", "MC603"], ["MC604", "MC605", "MC606", "MC607", "MC608"]),
    ],
)
def test_select_and_ignore(select: list[str], ignore: list[str], codes: list[str]) -> None:
    assert sorted(rule.code for rule in select_rules(select, ignore)) == codes


def test_ignored_rules_are_left_out_of_all() -> None:
    left = select_rules([], ["MC1", "unstable"])
    assert {rule.code for rule in RULES} - {rule.code for rule in left} == {
        "MC007",
        *(rule.code for rule in RULES if rule.code.startswith("MC1")),
    }


def test_selected_rules_keep_the_order_of_judging() -> None:
    order = [RULES.index(rule) for rule in select_rules(["MC4", "MC1"], [])]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("argument-mising", "did you mean 'argument-missing'?"),
        ("MC1O1", "did you mean 'MC101'?"),
        ("xyz", ""),
    ],
)
def test_unknown_rule_is_a_usage_error_that_names_the_nearest(word: str, hint: str) -> None:
    for ask in (lambda: find_rule(word), lambda: select_rules([word], []), lambda: select_rules([], [word])):
        with pytest.raises(UsageError) as raised:
            ask()
        assert (raised.value.message, raised.value.hint) == (f"no rule {word!r}", hint)


@pytest.mark.parametrize("word", ["", "MC10", "argument"])
def test_prefix_is_not_enough_to_explain_a_rule(word: str) -> None:
    with pytest.raises(UsageError):
        find_rule(word)
