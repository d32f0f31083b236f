"""The edits that mend what a scan finds, as the command makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maskcheck.api.options import Names, split_names
from maskcheck.api.scan import run_scan

if TYPE_CHECKING:
    from maskcheck.fixes.fix import Fixes


def fix(
    targets: Names,
    *,
    findings: Names = (),
    write: bool = False,
    unsafe: bool = False,
    force: bool = False,
    **options: Any,
) -> Fixes:
    """Find the edits that mend what a scan finds; each is tried in a copy of the source, and seen to work.

    Args:
        targets: as for `scan`.
        findings: the ids of those to be mended, or how they begin; by default all are.
        write: write the edits to the files, each as a whole or not at all.
        unsafe: also try edits that change what an unsaved layer does, or how it is made.
        force: write files with changes that git does not have, too.
        options: those of ``maskcheck scan``; ``select`` and ``ignore`` say what is to be mended.

    Returns:
        What can be mended: ``layers`` with their edits, ``edited`` contents of files, ``to_patch()``.

    Raises:
        MaskcheckError: something prevents the scan, or a file cannot be written; says what.
        KeyboardInterrupt: Ctrl-C came.
    """
    from maskcheck.cli.from_keywords import settings_by_keywords
    from maskcheck.fixes.fix import find_fixes
    from maskcheck.fixes.write import check_files, write_files

    settings = settings_by_keywords(split_names("targets", targets), options)
    ids = split_names("findings", findings)
    fixes = find_fixes(settings, lambda settings, _: run_scan(settings), findings=ids, unsafe=unsafe)
    if write:
        check_files(fixes.contents, fixes.edited, force=force)
        write_files(fixes.contents, fixes.edited)
    return fixes
