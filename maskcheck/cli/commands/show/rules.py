"""``maskcheck rules``: the table of rules."""

from __future__ import annotations

import click


@click.command(short_help="Print the table of rules.")
def command() -> None:
    """Print the table of rules.

    Each line has the code, the name, the severity and what the rule finds. An error fails a scan, a
    warning is shown, a note is shown with -v. 'maskcheck explain CODE' tells more.
    """
    from rich.text import Text

    from maskcheck.cli.run.output import open_screen
    from maskcheck.report.terminal.findings import SEVERITIES
    from maskcheck.report.terminal.lines import Line
    from maskcheck.report.terminal.tables import align_columns
    from maskcheck.rules.base.docstring import summary
    from maskcheck.rules.registry import RULES

    rules = sorted(RULES, key=lambda rule: rule.code)
    heads = align_columns([(rule.code, rule.name, rule.severity.value) for rule in rules])
    width = max(map(len, heads)) + 2
    open_screen().write(
        Line(
            Text.assemble((head.ljust(width), SEVERITIES[rule.severity]), summary(rule.__doc__ or "")),
            hang=width,
        )
        for head, rule in zip(heads, rules, strict=True)
    )
