"""MC603."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.layer_facts import Registration
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_error

# Functions that are not registered refuse to load, which MC103 reports.
_LIBRARIES = ("keras", "builtins", "tensorflow", "tf_keras")


class NotRegistered(Rule):
    """A new process cannot load the layer: Keras does not know the class there.

    What it finds
        The class is not registered with Keras, so a file holds a bare name that
        tells nobody where the class is. A warning: with `custom_objects` the file can
        be loaded. maskcheck passes them, so that all else is still checked. The same
        of the class of a layer that the config describes. Of a class with a private
        name, which nobody outside is to load, it is a note.
        Or a class or function is registered here, but importing the module does not
        get that far: it is made in a function that runs later, or in a script
        (`__main__`) that no other program imports. An error: the file that loads
        here does not load anywhere else.
        That a file does not load where your module was not imported at all is as it
        must be, and not reported.

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
        Define the class at the top level of a module. Put the decorator above it,
        with the name of your package. After that it is enough to import the module
        before the file is loaded. A class that you cannot change has to be named:
        `keras.models.load_model(path, custom_objects={"Scale": Scale})`.
    """

    code = "MC603"
    name = "not-registered"
    shown_by = ("fresh process",)
    severity = Severity.WARNING
    warned_by = "module"
    routes = ("config", "keras", "fresh")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge whether the class is known to Keras under a name of its own, here and elsewhere."""
        registration, subject = look.evidence.facts.registration, look.evidence.subject
        if registration and not registration.registered and not look.evidence.facts.is_keras:
            yield self.finding(
                look,
                subject.name,
                f"{subject.name} is not registered with Keras: a file that holds it loads only where "
                f"custom_objects are passed{_namesake(registration)}{_elsewhere(look)}",
                severity=Severity.NOTE if subject.name.startswith("_") else Severity.WARNING,
                hint=f'@keras.saving.register_keras_serializable(package="{_package(look)}")',
                file=subject.file,
                line=subject.line,
            )
        for part in _strangers(look.evidence.config.written):
            yield self.finding(
                look,
                part,
                f"{part}, which the config describes, is not registered with Keras: a file that holds the "
                "layer loads only where custom_objects are passed",
                hint=f"@keras.saving.register_keras_serializable() above {part}",
                **locate(look.evidence, "get_config", "__init__"),
            )
        name = unknown_elsewhere(look)
        if name:
            yield self.finding(
                look,
                name,
                f"importing {subject.module} does not make {name} known to Keras: the file loads here, where "
                "more than that has run, and not in a new process",
                severity=Severity.ERROR,
                hint=f"define and register {name} at the top level of the module",
                **locate(look.evidence, "__init__", "build", "get_config"),
            )


def unknown_elsewhere(look: Look) -> str:
    """Return the class or function that Keras finds in this process and not in a new one, "" if it does."""
    trip = look.trip
    if trip is None or trip.failure is None or not (trip.elsewhere and trip.elsewhere.twin):
        return ""
    unknown = trip.failure.error.meaning(ErrorKind.UNKNOWN_OBJECT)
    return unknown.get("registered") if unknown else ""


def _strangers(written: Any) -> list[str]:
    """Return the classes of a written config that are neither Keras' own nor registered."""
    if isinstance(written, list):
        return list(dict.fromkeys(name for item in written for name in _strangers(item)))
    if not isinstance(written, dict):
        return []
    name, module = written.get("class_name"), written.get("module")
    inside = _strangers(list(written.values()))
    if not (isinstance(name, str) and isinstance(module, str)) or written.get("registered_name") != name:
        return inside
    return inside if module.partition(".")[0] in _LIBRARIES else list(dict.fromkeys([name, *inside]))


def _package(look: Look) -> str:
    return look.evidence.subject.module.partition(".")[0]


def _namesake(registration: Registration) -> str:
    found = registration.resolves_to
    return f" (an .h5 file then loads as {found})" if found else ""


def _elsewhere(look: Look) -> str:
    """Return what a process said that has not imported the module."""
    trips = [trip.elsewhere.bare for trip in look.evidence.trips if trip.elsewhere]
    errors = [bare for bare in trips if isinstance(bare, ErrorInfo)]
    return (
        f"; a process that knows nothing of it says {describe_error(errors[0]).partition('. ')[0]}"
        if errors
        else ""
    )
