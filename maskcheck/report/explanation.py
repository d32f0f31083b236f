"""A rule's docstring as Markdown, for reports that include explanations of the rules."""

from __future__ import annotations

from maskcheck.rules.base.docstring import Block, Section, sections
from maskcheck.rules.base.rule import Rule


def rule_paragraph(rule: Rule, title: str) -> str:
    """Return the prose below one heading as one paragraph, "" where there is no such heading."""
    blocks = (block for part in sections(rule.__doc__ or "") if part.title == title for block in part.blocks)
    return " ".join(line for block in blocks if not block.code for line in block.lines)


def rule_markdown(rule: Rule) -> str:
    """Return all that follows the first line."""
    return "\n\n".join(map(_section_markdown, sections(rule.__doc__ or "")))


def _section_markdown(section: Section) -> str:
    heading = [f"## {section.title}"] if section.title else []
    return "\n\n".join([*heading, *map(_block_markdown, section.blocks)])


def _block_markdown(block: Block) -> str:
    text = "\n".join(block.lines)
    return f"```{block.language}\n{text}\n```" if block.code else text
