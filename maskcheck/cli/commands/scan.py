"""``maskcheck scan``: the main job."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from maskcheck.cli.options import callbacks
from maskcheck.cli.options.exit_options import add_exit_options, resolve_exit_options
from maskcheck.cli.options.layered import make_configurable, resolve_paths
from maskcheck.cli.options.overrides import read_overrides
from maskcheck.model.case import Mark
from maskcheck.model.route import DEFAULT_ROUTES, ROUTES
from maskcheck.report.reporters import FORMATS
from maskcheck.settings import Settings

EXAMPLES = """\b
Examples:
  maskcheck scan mymodule                    a module, with all its submodules if it is a package
  maskcheck scan src/layers.py other.py      files
  maskcheck scan mypkg.layers:Attention      one class
  maskcheck scan mypkg --only '*Mask*'       the classes whose name matches
  maskcheck scan mypkg --ignore MC603,MC7    all rules but these
  maskcheck scan mypkg --report junit=maskcheck.xml --report sarif=maskcheck.sarif
  maskcheck scan keras.layers --imported     also what a module re-exports
  maskcheck scan mypkg --last-failed -x      what failed last time, up to the first that still does
  maskcheck scan mypkg --shard 1/3           a third of the layers, the same on every machine
"""


@make_configurable()
@click.command(short_help="Send layers on round trips and report what does not come back.", epilog=EXAMPLES)
@click.argument(
    "targets",
    nargs=-1,
    required=True,
    metavar="TARGET...",
    callback=callbacks.check_not_empty,
    shell_complete=callbacks.complete_files,
)
@click.option(
    "--spec",
    metavar="FILE",
    type=click.Path(),
    callback=callbacks.check_not_empty,
    show_default="maskcheck.yaml here or in a parent directory",
    help="How to build and call the layers.",
)
@click.option(
    "--only",
    metavar="GLOB",
    multiple=True,
    callback=callbacks.check_not_empty,
    show_default="all",
    help="Check the classes whose name matches; repeatable.",
)
@click.option(
    "--case",
    metavar="ID",
    callback=callbacks.check_not_empty,
    show_default="all",
    help="Check this case of each class that has it.",
)
@click.option(
    "--route",
    "routes",
    multiple=True,
    type=click.Choice((*ROUTES, "all")),
    callback=callbacks.resolve_routes,
    show_default=", ".join(DEFAULT_ROUTES),
    help="Take this way out and back, or all; repeatable. 'maskcheck routes' describes them.",
)
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    callback=callbacks.split_codes,
    show_default="all",
    help="Apply the rules with these codes, beginnings of codes, or names: MC1,MC401; repeatable.",
)
@click.option(
    "--ignore",
    metavar="CODES",
    multiple=True,
    callback=callbacks.split_codes,
    show_default="none",
    help="Leave out the rules with these codes, beginnings of codes, or names; repeatable.",
)
@click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    default=callbacks.default_format,
    show_default="github in a workflow of GitHub, text elsewhere",
    help="What to print on standard output.",
)
@click.option(
    "--report",
    "reports",
    metavar=callbacks.REPORT,
    multiple=True,
    callback=callbacks.parse_reports,
    show_default="none",
    help="Also write a report to a file, for example json=report.json; repeatable.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    callback=callbacks.resolve_workers,
    show_default="one for each core",
    help="How many worker processes to use.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=Settings.timeout,
    callback=callbacks.check_finite,
    help="How long one layer may take.",
)
@click.option(
    "--probe/--no-probe",
    default=Settings.probe,
    show_default=True,
    help="Prove arguments that the cases leave open with second values.",
)
@click.option(
    "--min-proven",
    metavar="PERCENT",
    type=click.FloatRange(min=0, max=100),
    default=Settings.min_proven,
    callback=callbacks.check_finite,
    help="Fail a layer of which fewer constructor arguments are proven.",
)
@click.option(
    "--rtol",
    metavar="X",
    type=click.FloatRange(min=0),
    callback=callbacks.check_finite,
    show_default="0 on a CPU, 1e-4 elsewhere",
    help="How far outputs may differ, in proportion.",
)
@click.option(
    "--atol",
    metavar="X",
    type=click.FloatRange(min=0),
    callback=callbacks.check_finite,
    show_default="0 on a CPU, 1e-5 elsewhere",
    help="How far outputs may differ beyond that.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, 2**32 - 1),
    default=Settings.seed,
    help="The seed of inputs and weights.",
)
@click.option(
    "--device",
    metavar="auto|all|cpu|gpu|tpu|NAME,...",
    default=Settings.device,
    callback=callbacks.check_not_empty,
    help="Where to compute; auto takes an accelerator if there is one, all repeats every case on each type.",
)
@click.option(
    "--cross-device",
    is_flag=True,
    help="Also bring every layer back on other devices than it was built on.",
)
@click.option(
    "--dtypes",
    metavar="NAMES",
    multiple=True,
    callback=callbacks.split_dtypes,
    show_default="none",
    help="Repeat every case under these global dtype policies, as int8 with quantize(), or as lora with "
    "enable_lora(): mixed_float16,float64, or all; repeatable.",
)
@click.option("--imported", is_flag=True, help="Also check the classes that a target imports from elsewhere.")
@add_exit_options
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Also tell notes, what is not proven and why, and what was printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell only failures and the last line.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default=Settings.color,
    help="Colours; auto means on a terminal, NO_COLOR and FORCE_COLOR count.",
)
@click.pass_context
def command(ctx: click.Context, /, **values: Any) -> int:
    """Send layers on round trips and report what does not come back.

    Each TARGET is a module (pkg.module), a file, a package's directory, or one class (pkg.module:Class).
    Every option is a setting, too: of [tool.maskcheck] in pyproject.toml, by its name, or of the environment,
    as MASKCHECK_MIN_PROVEN. 'maskcheck config' shows them.
    """
    settings = build_settings(ctx, **values)
    from maskcheck.cli.run.scan import run_scan

    return run_scan(settings)


def build_settings(
    ctx: click.Context, /, verbose: bool, quiet: bool, spec: str | None = None, **values: Any
) -> Settings:
    """Return the settings of a scan, from the context of its command and the values of its callbacks.

    Raises:
        click.UsageError: options exclude each other.
        UsageError: an override has a value that no option takes, or no rule is left.
    """
    verbosity = callbacks.resolve_verbosity(ctx, verbose, quiet)
    overrides = read_overrides(ctx, command.params)
    place = resolve_paths(ctx, spec)
    own = resolve_exit_options(ctx, values, place["directory"])
    settings = Settings(verbosity=verbosity, overrides=overrides, **own, **place)
    _check_rules(settings)
    for override in overrides:
        _check_rules(replace(settings, **override.values), override.mark)
    return settings


def _check_rules(settings: Settings, mark: Mark | None = None) -> None:
    """Refuse to leave out all rules before a worker is started for nothing."""
    if not (settings.select or settings.ignore):
        return
    from maskcheck.rules.registry import check_selection

    check_selection(settings.select, settings.ignore, mark)
