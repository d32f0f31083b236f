"""MC104."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.arguments import lost_arguments
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.show import show


class ConfigIgnored(Rule):
    """The config has the value, and the restored layer does not."""

    code = "MC104"
    name = "config-ignored"
    requires = ("MC103", "MC106", "MC108", "MC109", "MC604")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge every argument whose value is in the config but does not reach ``__init__``."""
        for lost in lost_arguments(look):
            name = lost.argument.name
            if lost.loss == "misnamed":
                message = (
                    f"the config holds {name} under the key {lost.key!r}, which __init__ swallows unread"
                )
                hint, place = f'"{name}" instead of "{lost.key}"', at(look.evidence, "get_config")
            elif lost.loss == "ignored":
                message = f"the config has {name}, and from_config does not pass it on"
                hint, place = "return cls(**config)", at(look.evidence, "from_config", "__init__")
            else:
                continue
            yield self.finding(
                look,
                name,
                message,
                before=show(lost.argument.given),
                after=show(lost.came_back),
                hint=hint,
                **place,
            )
