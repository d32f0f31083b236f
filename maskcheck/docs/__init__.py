"""The documentation: Markdown pages beside this file, which ``maskcheck help`` shows."""

from __future__ import annotations

import os
import re

FOLDER = os.path.dirname(os.path.realpath(__file__))
INDEX = os.path.join(FOLDER, "README.md")
RULES_INDEX = os.path.join(FOLDER, "rules", "README.md")
# A row of an index: the name of a page with its file, and the cells that follow.
_ROW = re.compile(r"^\| \[([\w-]+)\]\((\S+)\) \| (.+) \|$", re.MULTILINE)


def list_pages() -> dict[str, str]:
    """Return the names of the pages with one line on each, in the order of the index."""
    return {name: line for name, _, line in _rows(INDEX)}


def page_files() -> dict[str, str]:
    """Return the path of every page, by its name; a page of a rule has its code and its name."""
    files = {name: os.path.join(FOLDER, file) for name, file, _ in _rows(INDEX)}
    for code, _, cells in _rows(RULES_INDEX):
        files[code] = files[cells.partition(" |")[0]] = rule_file(code)
    return files


def rule_file(code: str) -> str:
    """Return the path of the page on the rule with this code."""
    return os.path.join(FOLDER, "rules", f"{code}.md")


def read_page(path: str) -> str:
    """Return the Markdown of a page."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def _rows(index: str) -> list[tuple[str, str, str]]:
    return _ROW.findall(read_page(index))
