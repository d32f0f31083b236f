"""MC603."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.rule import Inconclusive, Look, Rule


class NotRegistered(Rule):
    """The layer loads only with custom_objects: a new process alone cannot load it.

    What it finds
        The class is not registered with Keras, so a file holds a bare name that
        tells nobody where the class is.
        A warning: with `custom_objects` the file can be loaded. maskcheck passes
        them, so that all else is still checked.

    Why it matters
        Whoever opens the file has to know the class and to name it. Even a program
        that imports your module cannot load the model without.

    Bad
        ```python
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return {**super().get_config(), "factor": self.factor}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable(package="my_package")
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return {**super().get_config(), "factor": self.factor}
        ```

    Fix
        Put the decorator above the class, with the name of your package. After that
        it is enough to import the module before the file is loaded.
    """

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
