"""The page of each rule, made of its docstring, and their index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maskcheck.report.explanation import rule_markdown
from maskcheck.rules.base.docstring import summary
from maskcheck.rules.base.rule import Rule
from tests.docs.causes import Pair, family, picture

_MADE = "<!-- Made of the rule's docstring by `make docs`. -->"
_INDEX = """\
# All rules

Find out what a code means. An error fails a scan, a warning is shown, a note is shown with `-v`. A code
is never used for something else later. `maskcheck rules` prints this table, `maskcheck explain CODE` what
stands on the page of a rule.

| code | name | severity | family | what it finds |
| --- | --- | --- | --- | --- |
{table}

## What explains what

One fault is one finding. Where a rule finds something, and a rule that explains it found something too, the
finding becomes a consequence of that one, and its checks are *blocked*. An arrow leads from a cause to
what it explains; what follows from two arrows in a row has none of its own.

```mermaid
{picture}
```

<!-- Made by `make docs`. -->
"""


def rule_page(rule: Rule, pairs: Iterable[Pair]) -> str:
    """Return the page on one rule."""
    pairs = list(pairs)
    causes = sorted({cause for cause, effect in pairs if effect == rule.code})
    effects = sorted({effect for cause, effect in pairs if cause == rule.code})
    facts = [
        f"- Severity: {rule.severity.value}",
        f"- Family: {family(rule)}",
        *([f"- Judged on: {', '.join(rule.routes)}"] if rule.routes else []),
        *([f"- Explained by: {_links(causes)}"] if causes else []),
        *([f"- Explains: {_links(effects)}"] if effects else []),
    ]
    explanation = rule.__doc__ or ""
    parts = [f"# {rule.code} {rule.name}", summary(explanation), "\n".join(facts), rule_markdown(rule), _MADE]
    return "\n\n".join(parts) + "\n"


def rule_index(rules: Sequence[Rule], pairs: Iterable[Pair]) -> str:
    """Return the page that lists all rules and shows what explains what."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value} | {family(rule)} "
        f"| {summary(rule.__doc__ or '')} |"
        for rule in sorted(rules, key=lambda rule: rule.code)
    ]
    return _INDEX.format(table="\n".join(rows), picture=picture(rules, pairs))


def _links(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}]({code}.md)" for code in codes)
