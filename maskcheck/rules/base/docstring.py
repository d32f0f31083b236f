"""A rule's docstring taken apart into its summary and its sections, and these into prose and code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

SECTIONS = ("What it finds", "Why it matters", "Bad", "Good", "Fix")
_EXAMPLES = ("Bad", "Good")
_FENCE = "```"
_INDENT = "    "
_ITEMS = ("- ", "* ")


@dataclass(frozen=True)
class Block:
    """One paragraph or list item, or one piece of code in the ``language`` that its fence names."""

    code: bool
    lines: tuple[str, ...]
    language: str = field(default="", compare=False)

    @property
    def item(self) -> bool:
        """Tell whether it is one of a list."""
        return not self.code and self.lines[0].startswith(_ITEMS)


@dataclass(frozen=True)
class Section:
    """What stands below one of the headings ("" for what precedes the first)."""

    title: str
    blocks: tuple[Block, ...]


def summary(docstring: str) -> str:
    """Return the first line, which says what the rule is about."""
    return docstring.strip().partition("\n")[0].strip()


def sections(docstring: str) -> Iterator[Section]:
    """Yield all that follows the first line.

    A heading is a line of its own, marked or underlined as one or not. Code is fenced or indented by four
    spaces; what stands below "Bad" and "Good" is code in any case.
    """
    title = ""
    body: list[str] = []
    fenced = False
    for line in textwrap.dedent(docstring.strip().partition("\n")[2]).split("\n"):
        fenced ^= line.lstrip().startswith(_FENCE)
        heading = line.rstrip(" *:").lstrip("#* ") if line[:1] != " " and not fenced else ""
        if heading in SECTIONS:
            yield from _section(title, body)
            title, body = heading, []
        elif body or line.strip(" -=~"):
            body.append(line)
    yield from _section(title, body)


def _section(title: str, body: list[str]) -> Iterator[Section]:
    text = textwrap.dedent("\n".join(body)).strip("\n")
    if text.strip():
        yield Section(title, tuple(_block(title, group) for group in _groups(text)))


def _block(title: str, group: list[str]) -> Block:
    fenced = group[0].startswith(_FENCE)
    if fenced or title in _EXAMPLES or group[0].startswith(_INDENT):
        code = textwrap.dedent("\n".join(line for line in group if not line.startswith(_FENCE)))
        language = group[0].removeprefix(_FENCE).strip() if fenced else ""
        return Block(True, tuple(code.strip("\n").split("\n")), language)
    return Block(False, tuple(line.strip() for line in group))


def _groups(text: str) -> Iterator[list[str]]:
    """Yield runs of lines that belong together: blank lines part them, except inside a fence."""
    group: list[str] = []
    fenced = False
    for line in text.split("\n"):
        opens = line.startswith(_FENCE) and not fenced
        if not fenced and group and (not line.strip() or opens or line.startswith(_ITEMS)):
            yield group
            group = []
        if fenced or line.strip():
            group.append(line)
        if line.startswith(_FENCE):
            fenced = not fenced
    if group:
        yield group
