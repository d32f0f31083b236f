"""MC105."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding
from maskcheck.model.layer_facts import SourceEdit
from maskcheck.model.show import show
from maskcheck.model.value import ABSENT, Value
from maskcheck.rules.base.arguments import get_written_value
from maskcheck.rules.base.dtypes import find_other_policy
from maskcheck.rules.base.keras_losses import is_lost_by_keras
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import is_user_defined
from maskcheck.rules.base.text import join_names
from maskcheck.rules.config.base_config_edits import explain_swallowed, mend_config

_FLAGS = {
    "name": "name",
    "dtype": "dtype_policy",
    "trainable": "trainable",
    "activity_regularizer": "activity_regularizer",
}


class BaseConfigLost(Rule):
    """An argument that Keras' own Layer keeps does not survive.

    What it finds
        name, dtype, trainable or activity_regularizer was given and the restored
        layer has another: the config was written without `super().get_config()`.
        Or the layer never took it on: `__init__` swallows **kwargs and does not pass
        them to `super().__init__`.
        Not reported: a name that Keras made up, what a `from_config` of your own
        leaves out (MC104), autocast and another dtype in the config (MC701).

    Why it matters
        A frozen layer is trained on, a mixed precision layer computes in full, a
        regularizer no longer counts, and weights that are looked up by the name of
        the layer are not found.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                return {"factor": self.factor}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
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
        Begin the config with `super().get_config()`, and hand **kwargs to
        `super().__init__`.
    """

    code = "MC105"
    name = "base-config-lost"
    shown_by = ("base", "copied config")
    routes = CONFIG_ROUTES
    judges_probes = True
    same_fault = "place"
    before_verb = "given"

    def explains(self, finding: Finding) -> bool:
        """A name changes nothing that a layer does, so it explains nothing else."""
        return finding.subjects != ("name",)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge name, dtype policy, trainable and activity_regularizer together: they go together."""
        named = {argument.name for argument in look.evidence.facts.arguments if argument.explicit}
        changed = {d.path: (d.before, d.after) for d in look.contrast.flags}
        lost = {
            name: changed[flag]
            for name, flag in _FLAGS.items()
            if flag in changed and (name != "name" or name in named) and name not in find_ignored(look)
        }
        if find_other_policy(look.evidence):
            lost.pop("dtype", None)
        swallowed = find_swallowed(look)
        if swallowed:
            yield self._lost(look, {**lost, **swallowed}, *explain_swallowed(look))
        elif lost:
            yield self._lost(look, lost, "{0} of the base class does not survive", mend_config(look, lost))

    def _lost(
        self, look: Look, lost: dict[str, tuple[Value, Value]], message: str, edit: SourceEdit
    ) -> Finding:
        return self.finding(
            look,
            lost,
            message.format(join_names(lost)),
            before=", ".join(f"{name}={show(old, 60)}" for name, (old, _) in lost.items()),
            after=", ".join(f"{name}={show(new, 60)}" for name, (_, new) in lost.items()),
            hint=edit.text,
            file=edit.file,
            line=edit.line,
        )


def find_swallowed(look: Look) -> dict[str, tuple[Value, Value]]:
    """Return the base arguments that the original itself never took on."""
    before = look.evidence.before
    given = {a.name: a.given for a in look.evidence.facts.arguments if a.base and a.explicit}
    flags = before.root.flags if before else {}
    return {
        name: (value, flags[_FLAGS[name]])
        for name, value in given.items()
        if _is_ignored(name, value, flags) and not is_lost_by_keras(look.evidence, [name])
    }


def _is_ignored(name: str, given: Value, flags: Mapping[str, Value]) -> bool:
    """Tell whether a layer has another value than it was given, in a form that can be compared."""
    if name not in _FLAGS or not flags:
        return False
    now = flags.get(_FLAGS[name], ABSENT)
    if name == "activity_regularizer":
        return given is not None and now is None
    return isinstance(given, (str, bool)) and now != given


def is_dtype_lost(look: Look) -> bool:
    """Tell whether a class that takes a dtype loses it by its config, ``__init__`` or ``from_config``."""
    unwritten = get_written_value(look.evidence, "dtype") is ABSENT
    lost = unwritten or bool(find_swallowed(look)) or "dtype" in find_ignored(look)
    return lost and look.evidence.facts.takes_dtype


def find_ignored(look: Look) -> list[str]:
    """Return the base arguments that the config has and a from_config outside Keras drops.

    None if ``__init__`` swallows them: then it does not matter what from_config hands on.
    """
    if not is_user_defined(look.evidence, "from_config") or find_swallowed(look):
        return []
    changed = {difference.path for difference in look.contrast.flags}
    return [name for name, flag in _FLAGS.items() if flag in changed and _is_written(look.evidence, name)]


def _is_written(evidence: Evidence, name: str) -> bool:
    """Tell whether the config has a base argument, and not another dtype than the layer's."""
    other = name == "dtype" and find_other_policy(evidence)
    return not other and get_written_value(evidence, name) is not ABSENT
