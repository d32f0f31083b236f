"""Writes what is made of the code in the documentation: ``python -m tests.docs.generate``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from maskcheck.docs import RULES_INDEX, rule_file
from maskcheck.rules.registry import RULES
from tests.docs.causes import explanations
from tests.docs.pages import DOCS, PAGES
from tests.docs.rule_pages import rule_index, rule_page
from tests.docs.tables import filled


def generated() -> Mapping[Path, str]:
    """Return every file of the documentation that is made, wholly or in part, with the text it must have."""
    pairs = explanations()
    rules = {Path(rule_file(rule.code)): rule_page(rule, pairs) for rule in RULES}
    pages = {path: filled(path.read_text("utf-8")) for path in PAGES}
    return {**pages, **rules, Path(RULES_INDEX): rule_index(RULES, pairs)}


def unknown() -> list[Path]:
    """Return the pages of rules that there are no more."""
    known = generated()
    return [path for path in (DOCS / "rules").glob("*.md") if path not in known]


def main() -> None:
    """Write all files, and remove the pages of rules that there are no more."""
    for path, text in generated().items():
        path.write_text(text, "utf-8")
    for path in unknown():
        path.unlink()


if __name__ == "__main__":
    main()
