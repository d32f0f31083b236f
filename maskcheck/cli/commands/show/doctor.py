"""``maskcheck doctor``: is the set-up sound, and what to do where it is not."""

from __future__ import annotations

import click

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options.layered import make_configurable
from maskcheck.exits import Exit


@make_configurable(scan)
@click.command(short_help="Check the set-up: versions, devices and routes.")
@click.option(
    "--device",
    metavar="NAME",
    default="auto",
    help="Check on this device, such as cpu, gpu or gpu:1; auto takes an accelerator if there is one.",
)
def command(device: str) -> int:
    """Check the set-up: versions, devices and routes.

    Each line says PASS, WARN or FAIL, and what to do. A layer without a fault is sent on every route, so
    that what fails here is the set-up's doing. Exits with 1 if anything fails.
    """
    from rich.text import Text

    from maskcheck.cli.run.output import open_screen
    from maskcheck.engine.doctor import CheckState, diagnose, is_sound
    from maskcheck.report.terminal.escape import escape_text
    from maskcheck.report.terminal.lines import Line
    from maskcheck.settings import Settings

    styles = {CheckState.PASS: "green", CheckState.WARN: "yellow", CheckState.FAIL: "red"}
    out, remarks = open_screen(), []
    for remark in diagnose(Settings((), device=device)):
        remarks.append(remark)
        head = (f"{remark.state.value}  ", styles[remark.state])
        out.write([Line(Text.assemble(head, f"{remark.topic:<20} {escape_text(remark.text)}"), hang=6)])
        if remark.remedy:
            out.write([Line(Text(escape_text(remark.remedy)), 27)])
    return Exit.CONFORM if is_sound(remarks) else Exit.FINDINGS
