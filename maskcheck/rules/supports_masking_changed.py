"""MC501."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.weight_rule import CONFIG_RULES
from maskcheck.show import show


class SupportsMaskingChanged(Rule):
    """The flag supports_masking differs, so masks stop at the layer or pass it wrongly."""

    code = "MC501"
    name = "supports-masking-changed"
    routes = ("config", "keras")
    requires = CONFIG_RULES

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the flag of the layer and of its sub-layers."""
        for difference in look.contrast.flags:
            if difference.path.rpartition(".")[2] != "supports_masking":
                continue
            yield self.finding(
                look,
                difference.path,
                f"{difference.path} was set from outside and does not come back",
                before=show(difference.before),
                after=show(difference.after),
                hint="self.supports_masking = True",
                **at(look.evidence, "__init__"),
            )
