"""MC309."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding
from maskcheck.model.snapshot import ARGUMENTS
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_names, list_deltas

# What ``compile`` of Keras takes.
_KERAS = (
    *("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly"),
    *("steps_per_execution", "jit_compile", "auto_scale_loss"),
)
# What differs where a model that came back without compile state cannot even say so.
_RAISES = "get compile config"


class CompileStateLost(Rule):
    """A compiled model comes back from its file without what it was compiled with.

    What it finds
        A model is compiled, unless it is compiled already (adam, mean squared
        error), trained on one batch and saved. The loaded model has another
        optimizer, loss or metrics, or the variables of the optimizer have other
        values: the number of steps, the moments. An argument that only the `compile`
        of the class takes gets a value other than its default, and must come back.
        Mostly `compile` is overridden, which Keras then does not call when it loads
        the model, with no more than a warning.
        Not tried where the model does not train on one batch of the case's inputs.

    Why it matters
        Training cannot go on where it stopped: the loaded model is not compiled,
        or its optimizer begins anew.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Student(keras.Model):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units)

            def compile(self, *args, temperature=1.0, **kwargs):
                super().compile(*args, **kwargs)
                self.temperature = temperature

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                return {**super().get_config(), "units": self.units}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Student(keras.Model):
            def __init__(self, units, temperature=1.0, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.temperature = temperature
                self.dense = keras.layers.Dense(units)

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                config = super().get_config()
                config["units"] = self.units
                config["temperature"] = self.temperature
                return config
        ```

    Fix
        Make it an argument of the model rather than of `compile`, or define both
        `get_compile_config`, which writes it, and `compile_from_config`, which must
        also build the optimizer: self.optimizer.build(self.trainable_variables).
    """

    code = "MC309"
    name = "compile-state-lost"
    shown_by = ("compiled",)
    routes = ("keras",)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the form of the route in which a model was trained."""
        found = look.contrast.compiled
        if found:
            every = [_name(difference) for difference in found]
            names = [name for name in every if name != _RAISES] or every
            compiling = look.evidence.facts.methods.get("compile")
            usual = [each for each in found if not each.path.startswith(ARGUMENTS)]
            gone = bool(usual) and all(difference.kind == "missing" for difference in usual)
            yield self.finding(
                look,
                "compile" if gone else names,
                "the model was compiled, and comes back from its file as if it never was"
                if gone
                else f"the model was compiled, and comes back from its file with another {join_names(names)}",
                deltas=list_deltas(found),
                hint=_write_methods(compiling.parameters if compiling else ()),
                **locate(look.evidence, "compile_from_config", "get_compile_config", "compile"),
            )


def _write_methods(parameters: Sequence[str]) -> str:
    """Return the two methods that a class needs whose ``compile`` takes these."""
    own = [name for name in parameters if name.isidentifier() and name not in (*_KERAS, "self")]
    usual = [f'"{name}": config["{name}"]' for name in parameters if name in _KERAS]
    anything = any(name.startswith("**") for name in parameters)
    entries = ["**config"] if anything or not parameters else usual
    entries += [f'"{name}": self.{name}' for name in own]
    return (
        "def get_compile_config(self):\n"
        "    config = super().get_compile_config()\n"
        f"    return {{{', '.join(entries)}}} if config else config\n"
        "\n"
        "def compile_from_config(self, config):\n"
        "    self.compile(**keras.saving.deserialize_keras_object(config))\n"
        "    if self.built:\n"
        "        self.optimizer.build(self.trainable_variables)"
    )


def _name(difference: Difference) -> str:
    """Return the part of what the model was compiled with in which a difference lies."""
    own = difference.path.removeprefix(f"{ARGUMENTS}.")
    if own != difference.path:
        return own.partition(".")[0].partition("[")[0]
    return difference.path.partition(".")[0].partition("[")[0].replace("_", " ")
