"""Runs ``maskcheck init``: infers cases, writes them to the spec, and prints a summary."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from maskcheck.cli.options.callbacks import unwritable
from maskcheck.cli.run.errors import complain, reason
from maskcheck.cli.run.init_draft import extended, new_entries, read_base
from maskcheck.cli.run.init_infer import gather
from maskcheck.cli.run.init_summary import Told, lines
from maskcheck.cli.run.output import screen
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.report.file import replace
from maskcheck.settings import Settings
from maskcheck.specfile.read.find import SPEC_NAME, find_spec
from maskcheck.yamlfile.read_file import read_text


def conduct(settings: Settings, output: str | None, force: bool) -> int:
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
    before = _content(path)
    base = read_base(None if before is None or force else read_text(path), path)
    gathered = gather(settings, base.spec)
    new = new_entries(base, gathered.proposals, gathered.outset.known)
    told = Told(path, new, len(base.spec.layers), gathered.outset.reports)
    if new and not told.stuck:
        text = extended(base, new)
        if text != base.text:
            _write(path, before, text)
    screen().write(lines(told, settings.verbosity))
    for report in told.unread:
        complain(f"{report.file}:{report.line}: {report.findings[0].message}")
    if gathered.fault:
        raise gathered.fault
    return Exit.FINDINGS if told.stuck or told.unread else Exit.CONFORM


def _content(path: str) -> bytes | None:
    """Return what the file holds, or None if there is none.

    Raises:
        UsageError: it is no file, or cannot be read or written.
    """
    fault = unwritable(path)
    if not fault and (path == "-" or (Path(path).exists() and not Path(path).is_file())):
        fault = "it is no file"
    if fault:
        raise UsageError(f"cannot write the spec to {path!r}: {fault}")
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read the spec: {reason(error)}") from None


def _write(path: str, before: bytes | None, text: str) -> None:
    """Write ``text``, unless the file no longer holds what it held ``before``.

    Raises:
        UsageError: it does not, or cannot be written.
    """
    if _content(path) != before:
        raise UsageError(f"{path} was changed meanwhile, so it is left alone", hint="start again")
    bom = "\ufeff" if before and before.startswith(codecs.BOM_UTF8) else ""
    try:
        replace(path, bom + text)
    except OSError as error:
        raise UsageError(f"cannot write the spec: {reason(error)}") from None
