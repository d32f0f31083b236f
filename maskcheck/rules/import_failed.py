"""MC001."""

from __future__ import annotations

from maskcheck.rules.rule import Rule


class ImportFailed(Rule):
    """A target, or a module in it, cannot be imported."""

    code = "MC001"
    name = "import-failed"
    routes = ()
