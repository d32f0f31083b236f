"""MC604."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.value import FunctionValue
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class RegistrationCollision(Rule):
    """A registered name belongs to something else, which is what comes back.

    What it finds
        Two classes are registered under one name: the one registered last comes
        back for both. Or a function on the layer is not registered and has the
        name of one of Keras' own, which comes back in its place. Or a process that
        has not imported your module loads the file all the same, as something else.
        Not reported: lambdas, and functions that come back as they were.

    Why it matters
        Nothing raises. A `gelu` of your own turns into the one of Keras, and the
        outputs are slightly, or entirely, different.

    Bad
        ```python
        def gelu(x):
            return x * keras.ops.sigmoid(1.702 * x)


        @keras.saving.register_keras_serializable()
        class Activated(keras.layers.Layer):
            def __init__(self, activation=gelu, **kwargs):
                super().__init__(**kwargs)
                self.activation = keras.activations.get(activation)

            def call(self, inputs):
                return self.activation(inputs)

            def get_config(self):
                activation = keras.activations.serialize(self.activation)
                return {**super().get_config(), "activation": activation}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable(package="my_package")
        def gelu(x):
            return x * keras.ops.sigmoid(1.702 * x)


        @keras.saving.register_keras_serializable(package="my_package")
        class Activated(keras.layers.Layer):
            def __init__(self, activation=gelu, **kwargs):
                super().__init__(**kwargs)
                self.activation = keras.activations.get(activation)

            def call(self, inputs):
                return self.activation(inputs)

            def get_config(self):
                activation = keras.activations.serialize(self.activation)
                return {**super().get_config(), "activation": activation}
        ```

    Fix
        Register functions as well as classes, with a package that is yours alone:
        the name in the file is then "my_package>gelu". Without one it is
        "Custom>gelu", as for everybody else who gives none.
    """

    code = "MC604"
    name = "registration-collision"
    shown_by = ("attribute", "outputs", "trip raises")
    routes = tuple(route for route in CONFIG_ROUTES if route != "clone")
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the class by what its name resolves to, functions by what came back for them."""
        registration, subject = look.evidence.facts.registration, look.evidence.subject
        if registration and subject.shadowed_by:
            name = registration.registered_name
            yield self.finding(
                look,
                name,
                f"two classes are registered as {name!r}: loading gives {subject.shadowed_by}",
                before=subject.id,
                after=subject.shadowed_by,
                hint=f'@keras.saving.register_keras_serializable(package="{subject.module}")',
                file=subject.file,
                line=subject.line,
            )
        yield from self._functions(look)
        yield from self._in_bare_process(look)

    def _in_bare_process(self, look: Look) -> Iterator[Finding]:
        """Judge what a process without the user's modules made of the file."""
        found = look.trip.elsewhere.bare if look.trip and look.trip.elsewhere else None
        before, subject = look.evidence.before, look.evidence.subject
        if before and isinstance(found, str) and found != before.root.class_name:
            yield self.finding(
                look,
                subject.name,
                f"a process that has not imported {subject.module} loads the file as {found}",
                before=before.root.class_name,
                after=found,
                hint=f'@keras.saving.register_keras_serializable(package="{subject.module}")',
                file=subject.file,
                line=subject.line,
            )

    def _functions(self, look: Look) -> Iterator[Finding]:
        for change in look.contrast.attributes:
            function = look.evidence.facts.functions.get(change.path)
            before, after = change.differences[0].before, change.differences[0].after
            if function and not function.registered and isinstance(before, FunctionValue):
                name = before.name.rpartition(".")[2]
                if not isinstance(after, FunctionValue) or name == "<lambda>":
                    continue
                if after.name.rpartition(".")[2] != name:
                    continue
                yield self.finding(
                    look,
                    name,
                    f"the function {name} is not registered, and the file keeps only its name: "
                    f"{after.name} comes back",
                    before=before.name,
                    after=after.name,
                    hint=f"@keras.saving.register_keras_serializable() above {name}",
                    **locate(look.evidence, "get_config"),
                )
