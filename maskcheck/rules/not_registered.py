"""MC603."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.rule import Inconclusive, Look, Rule


class NotRegistered(Rule):
    """The layer loads only with custom_objects; a new process cannot load it by itself."""

    code = "MC603"
    name = "not-registered"
    severity = Severity.WARNING
    routes = ("config", "keras")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge whether the class is known to Keras under a name of its own."""
        registration, subject = look.evidence.registration, look.evidence.subject
        if registration and not registration.registered and not look.evidence.builtin:
            package = subject.module.partition(".")[0]
            yield self.finding(
                look,
                subject.name,
                f"{subject.name} is not registered with Keras: a file that holds it loads only where "
                "custom_objects are passed",
                hint=f'@keras.saving.register_keras_serializable(package="{package}")',
                file=subject.file,
                line=subject.line,
            )
