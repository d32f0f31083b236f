"""MC606."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate


class UnsafeLoad(Rule):
    """The layer loads only with safe mode off.

    What it finds
        The config or the file holds a Python lambda. Keras refuses to load it unless
        safe_mode=False is passed; maskcheck then does so and checks the rest.
        A warning: the layer does come back.

    Why it matters
        A lambda is stored as compiled code. Loading it runs code from the file, and
        another version of Python may not understand it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Activated(keras.layers.Layer):
            def __init__(self, activation=lambda x: x * x, **kwargs):
                super().__init__(**kwargs)
                self.activation = activation

            def call(self, inputs):
                return self.activation(inputs)

            def get_config(self):
                return {**super().get_config(), "activation": self.activation}

            @classmethod
            def from_config(cls, config):
                saved = config["activation"]
                if isinstance(saved, dict):
                    saved = keras.saving.deserialize_keras_object(saved)
                return cls(**{**config, "activation": saved})
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        def square(x):
            return x * x


        @keras.saving.register_keras_serializable()
        class Activated(keras.layers.Layer):
            def __init__(self, activation=square, **kwargs):
                super().__init__(**kwargs)
                self.activation = keras.activations.get(activation)

            def call(self, inputs):
                return self.activation(inputs)

            def get_config(self):
                activation = keras.activations.serialize(self.activation)
                return {**super().get_config(), "activation": activation}
        ```

    Fix
        Use a named function and register it. Instead of a Lambda layer, write a small
        layer class.
    """

    code = "MC606"
    name = "unsafe-load"
    severity = Severity.WARNING
    routes = CONFIG_ROUTES

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge trips that Keras refused until it was allowed to run code from the file."""
        if look.trip and look.trip.unsafe:
            yield self.finding(
                look,
                find_lambdas(look.evidence.config.written) or "safe_mode",
                "the file holds a Python lambda: it loads only with safe_mode=False, which runs code from it",
                hint="use a named function, registered with @keras.saving.register_keras_serializable()",
                **locate(look.evidence, "get_config", "__init__"),
            )


def find_lambdas(written: Any) -> list[str]:
    """Return the keys of the written config that hold a lambda."""
    return [key for key, value in written.items() if _is_lambda(value)] if isinstance(written, dict) else []


def _is_lambda(written: Any) -> bool:
    """Tell whether a written value is a lambda, or holds one."""
    if isinstance(written, dict):
        marked = written.get("class_name") == "__lambda__" or written.get("function_type") == "lambda"
        return marked or any(map(_is_lambda, written.values()))
    return isinstance(written, list) and any(map(_is_lambda, written))
