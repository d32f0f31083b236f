"""The pages of the documentation, and the examples in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maskcheck.docs import FOLDER
from tests.paths import ROOT

DOCS = Path(FOLDER)
README = ROOT / "README.md"
# All that is written by hand; what lies in rules/ is made of the docstrings of the rules.
PAGES = (README, *sorted(DOCS.glob("*.md")))
_BLOCK = re.compile(r"^( *)```(\w*)(?: ([^\n`]+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced example: its language, the file that its fence names ("" for none), and its text."""

    page: Path
    language: str
    file: str
    text: str

    @property
    def id(self) -> str:
        """Return what a test calls it."""
        return f"{self.page.stem}: {self.file or self.text.partition(chr(10))[0]}"


def blocks(*pages: Path) -> Iterator[Block]:
    """Yield the examples of pages, of all by default."""
    for page in pages or PAGES:
        for _, language, file, text in _BLOCK.findall(page.read_text("utf-8")):
            yield Block(page, language, file, text)


def blocks_of(language: str) -> list[Block]:
    """Return the examples of all pages in one language."""
    return [block for block in blocks() if block.language == language]


def files_of(block: Block) -> Mapping[str, str]:
    """Return the files beside an example, by their names: those of its page, and the README's module."""
    shared = blocks(README) if "mymodule" in block.text else ()
    return {each.file: each.text for each in (*shared, *blocks(block.page)) if each.file}


def prose(page: Path) -> str:
    """Return the text of a page without its examples."""
    return _BLOCK.sub("", page.read_text("utf-8"))
