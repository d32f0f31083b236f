"""Runs ``maskcheck init``: infers cases, writes them to the spec, and prints a summary."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from maskcheck.cli.options.callbacks import find_write_problem
from maskcheck.cli.run.errors import describe_os_error, print_error
from maskcheck.cli.run.init_draft import extend_spec, make_entries, read_base
from maskcheck.cli.run.init_infer import infer_cases
from maskcheck.cli.run.init_summary import InitSummary, summary_lines
from maskcheck.cli.run.output import open_screen
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.report.file import write_atomically
from maskcheck.settings import Settings
from maskcheck.specfile.read.find import SPEC_NAME, find_spec
from maskcheck.yamlfile.read_file import read_text


def run_init(settings: Settings, output: str | None, force: bool) -> int:
    """Infer the cases, write the spec, print the summary, and return the exit code.

    Args:
        output: the file to write; by default the one that a scan reads, or a new one.
        force: whether to write it anew.

    Raises:
        MaskcheckError: something that the user can fix; the file is as it was.
        LabFault: maskcheck failed; what could be inferred nevertheless is written.
    """
    path = (
        output
        or find_spec(settings.directory)
        or os.path.normpath(os.path.join(settings.directory, SPEC_NAME))
    )
    before = _read_content(path)
    base = read_base(None if before is None or force else read_text(path), path)
    gathered = infer_cases(settings, base.spec)
    new = make_entries(base, gathered.proposals, gathered.outset.known)
    summary = InitSummary(path, new, len(base.spec.layers), gathered.outset.reports)
    if new and not summary.stuck:
        text = extend_spec(base, new)
        if text != base.text:
            _write_unchanged(path, before, text)
    open_screen().write(summary_lines(summary, settings.verbosity))
    for report in summary.unread:
        print_error(f"{report.file}:{report.line}: {report.findings[0].message}")
    if gathered.fault:
        raise gathered.fault
    return Exit.FINDINGS if summary.stuck or summary.unread else Exit.CONFORM


def _read_content(path: str) -> bytes | None:
    """Return what the file holds, or None if there is none.

    Raises:
        UsageError: it is no file, or cannot be read or written.
    """
    fault = find_write_problem(path)
    if not fault and (path == "-" or (Path(path).exists() and not Path(path).is_file())):
        fault = "it is no file"
    if fault:
        raise UsageError(f"cannot write the spec to {path!r}: {fault}")
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read the spec: {describe_os_error(error)}") from None


def _write_unchanged(path: str, before: bytes | None, text: str) -> None:
    """Write ``text``, unless the file no longer holds what it held ``before``.

    Raises:
        UsageError: it does not, or cannot be written.
    """
    if _read_content(path) != before:
        raise UsageError(f"{path} was changed meanwhile, so it is left alone", hint="start again")
    bom = "\ufeff" if before and before.startswith(codecs.BOM_UTF8) else ""
    try:
        write_atomically(path, bom + text)
    except OSError as error:
        raise UsageError(f"cannot write the spec: {describe_os_error(error)}") from None
