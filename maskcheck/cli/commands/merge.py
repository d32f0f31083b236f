"""``maskcheck merge``: many reports to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options import callbacks
from maskcheck.cli.options.layered import make_configurable
from maskcheck.errors import UsageError

if TYPE_CHECKING:
    from maskcheck.model.report import Report

EXAMPLES = """\b
Examples:
  maskcheck scan mypkg --shard 1/2 --report json=1.json
  maskcheck scan mypkg --shard 2/2 --report json=2.json
  maskcheck merge 1.json 2.json --report junit=maskcheck.xml
"""
_REPORT_OPTIONS = ("format", "reports", "durations", "verbose", "quiet", "color")


@make_configurable(scan)
@click.command(
    params=[param for param in scan.params if param.name in _REPORT_OPTIONS],
    short_help="Join the JSON reports of several scans into one report and exit code.",
    epilog=EXAMPLES,
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="REPORT.json...",
    callback=callbacks.check_not_empty,
    type=click.Path(),
)
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **values: Any) -> int:
    """Join the JSON reports of several scans into one report and exit code.

    The reports are all shards of one scan, or scans of different layers. They must be of the same versions,
    device and seed, and none may tell of a layer that another tells of. The exit code is that of
    their findings, whatever the reports say; a scan that broke off stays one.
    """
    from maskcheck.cli.commands.scan import build_settings
    from maskcheck.cli.run.scan import report_events
    from maskcheck.report.base import replay_events
    from maskcheck.report.merging import merge_reports

    settings = build_settings(ctx, targets=paths, **values)
    for path in paths:
        if paths.count(path) > 1:
            raise click.UsageError(f"{path} is named twice", ctx)
    return report_events(
        replay_events(merge_reports({path: _read_report(path) for path in paths})), settings, {}
    )


def _read_report(path: str) -> Report:
    from maskcheck.cli.run.errors import describe_os_error
    from maskcheck.report.reading import read_report

    try:
        with open(path, encoding="utf-8-sig") as file:
            return read_report(file.read(), path)
    except OSError as error:
        raise UsageError(f"cannot read the report: {describe_os_error(error)}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no JSON: it is not UTF-8") from None
