"""A finding as a script in plain Keras, as the command writes it."""

from __future__ import annotations

import sys
from typing import Any


def repro(target: str | type, code: str | None = None, *, inline: bool = False, **options: Any) -> str:
    """Scan one class, and return a script that shows a finding; it was run and fails by its assertion.

    Args:
        target: ``module:Class`` or ``file.py:Class``, or the class itself.
        code: of a rule, or the id of a finding; by default the first error is shown.
        inline: hold the source of the class rather than import its module.
        options: those of ``maskcheck scan``, as for `scan`.

    Raises:
        MaskcheckError: there is nothing to reproduce, or no script can show it; says why.
    """
    from maskcheck.api.scan import run_scan
    from maskcheck.cli.from_keywords import settings_by_keywords
    from maskcheck.reproduction.reproduce import reproduce

    name = target if isinstance(target, str) else _name_class(target)
    settings = settings_by_keywords((name,), options)
    return reproduce(run_scan(settings), code, settings, inline=inline)


def _name_class(cls: type) -> str:
    """Return the target of a class, that of a script by its file."""
    main = getattr(sys.modules["__main__"], "__file__", None) if cls.__module__ == "__main__" else None
    return f"{main or cls.__module__}:{cls.__qualname__}"
