"""``maskcheck explain``: a rule's docstring is its explanation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from maskcheck.report.terminal.lines import Line, Page
    from maskcheck.rules.base.docstring import Block, Section

_CODE_STYLES = {"Bad": "red", "Good": "green"}


@click.command(short_help="Explain one rule: what it finds, why it matters, how to mend it.")
@click.argument("rule", metavar="RULE")
def command(rule: str) -> None:
    """Explain one rule: what it finds, why it matters, how to mend it.

    RULE is a code such as MC101 or a name such as argument-missing.
    """
    from rich.text import Text

    from maskcheck.cli.run.output import open_screen
    from maskcheck.report.terminal.findings import SEVERITIES
    from maskcheck.report.terminal.lines import Line
    from maskcheck.rules.base.docstring import sections, summary
    from maskcheck.rules.registry import find_rule

    found = find_rule(rule)
    out = open_screen()
    explanation = found.__doc__ or ""
    title = Text(f"{found.code} {found.name}", SEVERITIES[found.severity])
    head = [Line(title.append(f" ({found.severity.value})", "")), Line(Text(summary(explanation)))]
    body = [line for section in sections(explanation) for line in _section_lines(section, out.page)]
    out.write([*head, *body])


def _section_lines(section: Section, page: Page) -> Iterator[Line]:
    from rich.text import Text

    from maskcheck.report.terminal.lines import Line

    if section.title:
        yield Line(Text())
        yield Line(Text(section.title, "bold"))
    above: Block | None = None
    for block in section.blocks:
        apart = not section.title if above is None else not (above.item and block.item)
        if apart:
            yield Line(Text())
        above = block
        if block.code:
            style = _CODE_STYLES.get(section.title, "cyan")
            yield from (Line(Text(line, style), 4, hang=4) for line in block.lines)
        elif page.width is not None and page.width < max(map(len, block.lines)) + 2:
            yield Line(Text(" ".join(block.lines)), 2, hang=0)
        else:
            yield from (Line(Text(line), 2) for line in block.lines)
