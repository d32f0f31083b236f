"""MC203."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule
from maskcheck.rules.text import listed


class IdentityLost(Rule):
    """What was shared is no longer shared, or is shared with the original."""

    code = "MC203"
    name = "identity-lost"
    routes = ("config", "keras")
    requires = ("MC103", "MC106", "MC107", "MC109")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge sharing inside the layer, on files, and with the original, on any trip."""
        if look.trip and look.trip.shared:
            names = listed(look.trip.shared)
            yield self.finding(
                look,
                look.trip.shared[0],
                f"the copy shares {names} with the original: training one changes the other",
                hint="config.update({...: keras.saving.serialize_keras_object(...)})",
                **at(look.evidence, "get_config"),
            )
        if look.route != "keras":
            return
        for group in look.contrast.aliases:
            names = listed(sorted(group))
            yield self.finding(
                look,
                names,
                f"{names} were one object and come back as several",
                **at(look.evidence, "get_config", "from_config"),
            )
