"""MC005."""

from __future__ import annotations

from maskcheck.rules.rule import Rule


class Crashed(Rule):
    """The process that checked the layer died."""

    code = "MC005"
    name = "crashed"
    routes = ()
