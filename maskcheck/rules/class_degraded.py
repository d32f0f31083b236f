"""MC109."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.places import at
from maskcheck.rules.rule import Inconclusive, Look, Rule


class ClassDegraded(Rule):
    """Another class comes back, for the layer or for a sub-layer."""

    code = "MC109"
    name = "class-degraded"
    requires = ("MC103", "MC106", "MC604")

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the class of every layer that came back."""
        for difference in look.contrast.classes:
            before, after = str(difference.before), str(difference.after)
            yield self.finding(
                look,
                difference.path or look.evidence.subject.name,
                f"a {after.rpartition('.')[2]} comes back instead of a {before.rpartition('.')[2]}",
                before=before,
                after=after,
                hint="return cls(**config)",
                **at(look.evidence, "from_config"),
            )
