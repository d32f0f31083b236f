"""The pages are all reachable, name what there is, and are short."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from maskcheck.cli.app import COMMANDS
from maskcheck.docs import list_pages, page_files
from maskcheck.model.case import Expectation, LayerSpec, Preparation
from maskcheck.report.reporters import FORMATS
from maskcheck.rules.registry import RULES
from maskcheck.specfile.read.cases import CASE_KEYS
from maskcheck.specfile.read.leaves import LEAF_KEYS
from maskcheck.specfile.schema import schema_text
from maskcheck.version import VERSION
from maskcheck.yamlfile.nodes import TAGS
from tests.docs.pages import DOCS, PAGES, README, prose
from tests.paths import ROOT

SCHEMA = json.loads((ROOT / "maskcheck/report/report.schema.json").read_text("utf-8"))
ALL = (*PAGES, ROOT / "fixtures/README.md", *sorted((DOCS / "rules").glob("*.md")))
_PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.\w+)?)`")
# Where a path in a page may start; what lies elsewhere is the reader's.
_PLACES = (ROOT, ROOT / "maskcheck", ROOT / "fixtures")
_OF_THE_READER = {"src/layers.py"}


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(page: str, head: str) -> list[str]:
    """The lines of the table of a page whose first line starts with ``head``."""
    table = text(page).partition(f"\n| {head} |")[2].partition("\n\n")[0]
    assert table, f"no table {head!r}"
    return table.splitlines()[2:]


def enums_of(key: str, schema: Any) -> Iterator[tuple[str, ...]]:
    """The values that a JSON Schema lets the items of a key have, wherever it has that key."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == key and "enum" in part.get("items", ()):
                yield tuple(part["items"]["enum"])
            yield from enums_of(key, part)


def anchors(page: Path) -> set[str]:
    """The names by which links reach the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_index() -> None:
    assert set(page_files()) == {
        *(path.stem for path in DOCS.glob("*.md") if path.name != "README.md"),
        "rules",
        *(rule.code for rule in RULES),
        *(rule.name for rule in RULES),
    }
    assert all(Path(path).is_file() for path in page_files().values())


def test_every_line_of_the_index_is_a_sentence_that_fits_beside_the_name() -> None:
    assert [line for line in list_pages().values() if not line.endswith(".") or len(line) > 57] == []


def test_every_page_is_linked_in_the_readme() -> None:
    linked = set(re.findall(r"\]\(maskcheck/docs/([^)#]+)", README.read_text("utf-8")))
    assert linked == {path.name for path in DOCS.glob("*.md")} - {"README.md"} | {"rules/README.md"}


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", page.read_text("utf-8"))
    targets = [(page.parent / file if file else page, anchor) for file, anchor in links]
    assert [str(target) for target, _ in targets if not target.exists()] == []
    assert [(str(target), name) for target, name in targets if name and name not in anchors(target)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_in_a_page_are_there(page: Path) -> None:
    named = set(_PATH.findall(prose(page))) - _OF_THE_READER
    assert [name for name in named if not any((place / name).exists() for place in _PLACES)] == []


def test_paths_are_found_in_pages() -> None:
    assert len(_PATH.findall(text("architecture.md"))) > 30
    assert len(_PATH.findall(text("contributing.md"))) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_short_and_start_with_what_one_wants(page: Path) -> None:
    title, blank, first, *_ = page.read_text("utf-8").splitlines()
    assert title.startswith("# ")
    assert blank == ""
    assert first[0].isupper() or first.startswith("maskcheck")
    assert len(page.read_text("utf-8").splitlines()) <= 150
    lines = prose(page).splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith(("| ", "- Explain"))] == []


def test_the_changes_begin_with_this_version() -> None:
    assert re.findall(r"^## (.*)$", text("changes.md"), re.MULTILINE)[0] == VERSION


def test_every_command_is_in_the_table() -> None:
    assert {re.findall(r"`maskcheck (\w+)", row)[0] for row in rows("README.md", "command")} == set(COMMANDS)


def test_every_report_format_is_explained() -> None:
    assert [re.findall(r"`(\w+)`", row)[0] for row in rows("reports.md", "format")] == list(FORMATS)


def test_every_key_of_a_spec_is_explained() -> None:
    told = set(re.findall(r"`([a-z]+)`", "\n".join(rows("spec.md", "in an entry"))))
    kinds = (LayerSpec, Expectation, Preparation)
    known = {field.name for kind in kinds for field in fields(kind)} - {"name", "mark", "origin", "repeated"}
    assert told >= known | set(CASE_KEYS)
    leaves = set(re.findall(r"(\w+):", "\n".join(rows("spec.md", "leaf"))))
    assert leaves == set(LEAF_KEYS)
    assert set(re.findall(r"`(!\w+)", "\n".join(rows("spec.md", "tag")))) == set(TAGS)


def test_every_variant_is_named() -> None:
    (row,) = (row for row in rows("spec.md", "in an entry") if row.startswith("| `dtypes`"))
    told = re.findall(r"`(\w+)`", row)[1:]
    assert {tuple(told)} == set(enums_of("dtypes", json.loads(schema_text())))


def test_keys_of_the_json_report_are_those_of_its_schema() -> None:
    told = {word for row in rows("reports.md", "key") for word in re.findall(r"`(\w+)`", row)}
    parts = [SCHEMA, *(SCHEMA["$defs"][name] for name in ("layer", "finding", "check", "cause"))]
    parts.append(SCHEMA["$defs"]["cause"]["properties"]["findings"]["items"])
    known = {name for part in parts for name in part["properties"]}
    required = {name for part in parts for name in part["required"]}
    assert required - {"schema", "layers", "findings", "checks"} <= told <= known
