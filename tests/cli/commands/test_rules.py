from __future__ import annotations

from tests.cli.conftest import Run

TABLE = """\
MC101  argument-missing  error    An argument never reaches the config.
MC603  not-registered    warning  The class loads only with custom_objects.
"""
EXPLANATION = """\
MC101 argument-missing (error)
An argument never reaches the config.

What it finds
  An argument of the constructor that the config lacks, so that the
  restored layer falls back to its default.

Why it matters
  Nothing is said when it happens:

  - the file loads;
  - the outputs are others.

Bad
    def get_config(self):

        return super().get_config()

Good
    def get_config(self):
        return {**super().get_config(), "rate": self.rate}

Fix
  Add the argument to the dictionary that ``get_config`` returns.
"""


def test_table_of_rules(run: Run) -> None:
    result = run("rules")
    assert (result.code, result.out, result.err) == (0, TABLE, "")


def test_rule_by_code_or_name(run: Run) -> None:
    for word in ("MC101", "mc101", "argument-missing", "Argument-Missing"):
        result = run("explain", word)
        assert (result.code, result.out, result.err) == (0, EXPLANATION, "")


def test_every_real_rule_is_in_the_table_and_explained(real_run: Run) -> None:
    from maskcheck.rules.registry import RULES

    table = real_run("rules").out.splitlines()
    assert [line.split()[0] for line in table] == sorted(rule.code for rule in RULES)
    for rule in RULES:
        text = real_run("explain", rule.code).out
        assert text.startswith(f"{rule.code} {rule.name} ")
