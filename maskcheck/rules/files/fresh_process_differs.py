"""MC605."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.compare.snapshots import AttributeChange, Contrast, contrast
from maskcheck.compare.values import Difference
from maskcheck.model.evidence import Setting
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.layer_facts import Chance
from maskcheck.model.show import show
from maskcheck.model.snapshot import Snapshot, Weight
from maskcheck.model.value import ABSENT, Value
from maskcheck.rules.base.dtypes import POLICY
from maskcheck.rules.base.nondeterminism import find_process_cause, locate_cause
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.text import describe_outputs, list_deltas
from maskcheck.rules.config.base_config_lost import is_dtype_lost

FRESH = "fresh"
_HINTS = {
    "global dtype policy": "hand dtype=self.dtype_policy to every layer that the layer makes",
    "float type": "hand dtype=self.dtype_policy to every layer that the layer makes",
    "image data format": "make the data format an argument, and write it to the config",
}
_SORT = "iterate over sorted(...) instead of a set"
_KEEP = "keep it on the layer: as an argument that is in the config, or as a weight"


class FreshProcessDiffers(Rule):
    """A new process makes another layer of the same file.

    What it finds
        The .keras file is opened by the process that saved it, and by a new one that
        has imported your modules and no more. There the hash seed is another, which
        decides in which order Python iterates over a set of texts, and the global
        dtype policy and the image data format are Keras' defaults. What comes back
        there is not what comes back here.
        An error if the new layer behaves otherwise, a warning if only an attribute
        differs, or if the difference rests on a setting that importing your modules
        makes: whoever imports them has it too.

    Why it matters
        The file does not hold all of the layer. The rest comes from the process, and
        the process that serves a model is not the one that trained it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Vocabulary(keras.layers.Layer):
            def __init__(self, words, **kwargs):
                super().__init__(**kwargs)
                self.words = list(words)
                self.columns = {w: i for i, w in enumerate(set(words))}

            def call(self, inputs):
                return keras.ops.take(inputs, list(self.columns.values()), axis=-1)

            def get_config(self):
                return {**super().get_config(), "words": self.words}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Vocabulary(keras.layers.Layer):
            def __init__(self, words, **kwargs):
                super().__init__(**kwargs)
                self.words = list(words)
                self.columns = {w: i for i, w in enumerate(sorted(set(words)))}

            def call(self, inputs):
                return keras.ops.take(inputs, list(self.columns.values()), axis=-1)

            def get_config(self):
                return {**super().get_config(), "words": self.words}
        ```

    Fix
        Sort what comes out of a set. Hand `dtype=self.dtype_policy` to the layers
        that yours makes, and make `keras.config.image_data_format()` the default of
        an argument that is in the config. Keep state on the layer, not in the module.
    """

    code = "MC605"
    name = "fresh-process-differs"
    shown_by = ("fresh process",)
    routes = (FRESH,)
    explains_all_on = FRESH

    def explains(self, finding: Finding) -> bool:
        """What is found in the new process follows from that process."""
        return True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge what one file gave in two processes; what the file itself lacks is for other rules."""
        elsewhere = look.trip.elsewhere if look.trip else None
        here, there = elsewhere.twin if elsewhere else None, look.trip.after if look.trip else None
        if elsewhere is None or here is None or there is None:
            return
        found = _drop_unstable(contrast(here, there, look.evidence.tolerance), look)
        if any(flag.path == POLICY for flag in found.flags) and is_dtype_lost(look):
            return
        lost = _find_lost(found, here, there) or _find_changed_outputs(found, look, here)
        if lost is None:
            return
        cause = find_process_cause(look.evidence, lost.path)
        settings = () if cause else elsewhere.settings
        if not (cause or settings):
            cause = find_process_cause(look.evidence)
        imported = bool(settings) and all(setting.imported for setting in settings)
        harmful = found.behaviour or found.weights or found.classes
        parts = [f"{lost.path or 'the layer'} is another when a new process loads the same file"]
        parts += [f"there the {setting.name} is {setting.there}, here {setting.here}" for setting in settings]
        parts += ["here the import of the module sets it"] if imported else []
        parts += [f"{cause.method}() {cause.doing}"] if cause else []
        parts += [] if lost.path else filter(None, map(describe_outputs, found.calls))
        yield self.finding(
            look,
            lost.path or "outputs",
            "; ".join(parts),
            severity=Severity.ERROR if harmful and not imported else Severity.WARNING,
            before=show(lost.before) if lost.path else "",
            after=show(lost.after) if lost.path else "",
            deltas=list_deltas(d for call in found.calls for d in call.outputs),
            hint=_hint(settings, cause),
            **locate_cause(cause, look.evidence, "build", "__init__"),
        )


def _drop_unstable(found: Contrast, look: Look) -> Contrast:
    """Leave out what differs between two builds or two calls in one process, too."""
    return replace(
        found,
        attributes=tuple(c for c in found.attributes if c.path not in look.unstable),
        calls=tuple(
            c for c in found.calls if c.differs and c.mode not in look.evidence.stability.unstable_modes
        ),
    )


def _find_lost(found: Contrast, here: Snapshot, there: Snapshot) -> Difference | None:
    """Return the difference on the layer that explains best; private attributes do nothing else."""
    changes = sorted(found.attributes, key=lambda change: not change.public)
    attributes = [_compare_whole(c, here, there) for c in changes if c.public or found.behaviour]
    weights = [
        change.difference or Difference(change.path, "value", _text(change.before), _text(change.after))
        for change in found.weights
    ]
    return next(iter([*found.classes, *found.layers, *found.flags, *attributes, *weights]), None)


def _find_changed_outputs(found: Contrast, look: Look, here: Snapshot) -> Difference | None:
    """Return that the outputs differ, if they do so only there: here, too, they may never be the same."""
    before = look.evidence.before
    other = contrast(before, here, look.evidence.tolerance).calls if before else ()
    differing = {call.mode for call in other if call.differs}
    return Difference("", "value", None, None) if {c.mode for c in found.calls} - differing else None


def _compare_whole(change: AttributeChange, here: Snapshot, there: Snapshot) -> Difference:
    sides = (shot.layers[change.layer].attributes for shot in (here, there))
    before, after = (side.get(change.name, ABSENT) for side in sides)
    return Difference(change.path, "value", before, after)


def _text(weight: Weight | None) -> Value:
    return ABSENT if weight is None else f"trainable={weight.trainable}"


def _hint(settings: Sequence[Setting], cause: Chance | None) -> str:
    if settings:
        return _HINTS[settings[0].name]
    return _SORT if cause and cause.kind == "order" else _KEEP
