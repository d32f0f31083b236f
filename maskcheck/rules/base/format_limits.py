"""What formats carry for no layer: one entry for each limit, with the versions of Keras that have it.

Only what a .keras file holds as well counts as a limit: what no file of Keras holds is MC308.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maskcheck.model.error import ErrorKind
from maskcheck.model.finding import Severity
from maskcheck.rules.base import format_symptoms
from maskcheck.rules.base.rule import Look

Version = tuple[int, int]
_KERAS_3 = (3, 0)


@dataclass(frozen=True)
class Limit:
    """Something that the formats of ``routes`` do not carry, from version ``since`` up to ``until``.

    ``meets`` returns what of the layer met the limit on one trip. ``explains``
    says whether it is the reason of what else is found there. It is a warning where the weights
    are lost without a word.
    """

    routes: tuple[str, ...]
    reason: str
    meets: Callable[[Look], Sequence[str]]
    explains: bool = True
    severity: Severity = Severity.NOTE
    since: Version = (2, 0)
    until: Version | None = None

    def holds(self, version: Version) -> bool:
        """Tell whether a version of Keras has the limit."""
        return self.since <= version and (self.until is None or version < self.until)


LIMITS = (
    Limit(
        ("h5",),
        "an .h5 file cannot hold weights of the type bfloat16",
        format_symptoms.refused(ErrorKind.NO_CAST, "bfloat16"),
    ),
    Limit(
        ("h5",),
        "an .h5 file keeps weights under their names, and two of them have the same",
        format_symptoms.refused(ErrorKind.NAME_TAKEN, "weights"),
    ),
    Limit(
        ("h5",),
        "the config in an .h5 file cannot hold objects: get_config must serialize them itself",
        format_symptoms.refused(ErrorKind.CONFIG_ITEM_UNKNOWN, "get_config"),
        since=_KERAS_3,
    ),
    Limit(
        ("h5",),
        "an .h5 file is loaded without the argument axis, unless that is one number",
        format_symptoms.axes,
        since=_KERAS_3,
    ),
    Limit(
        ("h5",),
        "an .h5 file takes a deep copy of the config, which fails for a list that Keras tracks in the layer",
        format_symptoms.refused(ErrorKind.MODULE_UNCOPIED, "get_config"),
    ),
    Limit(
        ("h5",),
        "the config in an .h5 file keeps of a function its name alone, and a lambda has none",
        format_symptoms.refused(ErrorKind.LAMBDA_BY_NAME, "lambda"),
    ),
    Limit(
        ("h5",),
        "an .h5 file cannot hold a model in which a layer makes a mask that another takes",
        format_symptoms.refused(ErrorKind.UNKNOWN_OBJECT, "mask", "NotEqual"),
    ),
    Limit(
        ("h5",),
        "an .h5 file cannot hold a functional model that calculates with a Python number",
        format_symptoms.refused(ErrorKind.NUMBER_AMONG_INPUTS, "model"),
    ),
    Limit(("h5",), "an .h5 file holds functional and Sequential models only", format_symptoms.own_model),
    Limit(
        ("clone",),
        "clone_model makes a plain functional or Sequential model of a subclass of one",
        format_symptoms.plain_model,
    ),
    Limit(
        ("h5", "clone"),
        "only .keras and .weights.h5 files go by save_own_variables and load_own_variables",
        format_symptoms.own_variables,
    ),
    Limit(
        ("h5", "clone", "json", "tf-checkpoint"),
        "only a .keras file keeps it: this way carries arguments and weights, or weights alone",
        format_symptoms.left_in_files,
        explains=False,
    ),
    Limit(
        ("tf-checkpoint",),
        "a checkpoint of TensorFlow holds what Keras keeps in attributes, not in lists or dicts of them: "
        "the weights are lost, and restoring says nothing",
        format_symptoms.off_attributes,
        severity=Severity.WARNING,
        since=_KERAS_3,
    ),
    Limit(
        ("export",),
        "a SavedModel cannot hold a model whose outputs are nested",
        format_symptoms.refused(ErrorKind.NESTED_OUTPUTS, "outputs"),
    ),
    Limit(
        ("h5",),
        "an .h5 file of Keras 2 cannot hold a function of one's own as it is written for a .keras file",
        format_symptoms.refused(ErrorKind.ACTIVATION_UNKNOWN, "activation", "function"),
        until=_KERAS_3,
    ),
    Limit(
        ("tf-checkpoint", "export"),
        "Keras 2 writes a checkpoint or a SavedModel only if each weight has a name: add_weight(name=...)",
        format_symptoms.refused(ErrorKind.NONE_AS_TEXT, "weights"),
        severity=Severity.WARNING,
        until=_KERAS_3,
    ),
)
