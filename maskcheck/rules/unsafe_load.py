"""MC606."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule


class UnsafeLoad(Rule):
    """The layer loads only with safe mode off."""

    code = "MC606"
    name = "unsafe-load"
    severity = Severity.WARNING
    routes = ("config", "keras")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge trips that Keras refused until it was allowed to run code from the file."""
        if look.trip and look.trip.unsafe:
            yield self.finding(
                look,
                "safe_mode",
                "the file holds a Python lambda: it loads only with safe_mode=False, which runs code from it",
                hint="use a named function, registered with @keras.saving.register_keras_serializable()",
                **at(look.evidence, "get_config", "__init__"),
            )
