"""What formats carry for no layer: one entry for each limit, with the versions of Keras that have it.

Only what a .keras file holds as well counts as a limit: what no file of Keras holds is MC308.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maskcheck.model.finding import Severity
from maskcheck.rules import signs
from maskcheck.rules.rule import Look

Version = tuple[int, int]
_KERAS_3 = (3, 0)


@dataclass(frozen=True)
class Limit:
    """Something that the formats of ``routes`` do not carry, from version ``since`` up to ``until``.

    ``meets`` returns what of the layer met the limit on one trip, "" if nothing did. ``explains``
    tells whether it is the reason of what else is found there. It is a warning where the weights
    are lost without a word.
    """

    routes: tuple[str, ...]
    reason: str
    meets: Callable[[Look], str]
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
        signs.refused("No cast function available", "bfloat16"),
    ),
    Limit(
        ("h5",),
        "an .h5 file keeps weights under their names, and two of them have the same",
        signs.refused("name already exists", "weights"),
    ),
    Limit(
        ("h5",),
        "the config in an .h5 file cannot hold objects: get_config must serialize them itself",
        signs.refused("Unknown config_item", "get_config"),
        since=_KERAS_3,
    ),
    Limit(
        ("h5",),
        "an .h5 file is loaded without the argument axis, unless that is one number",
        signs.axes,
        since=_KERAS_3,
    ),
    Limit(
        ("h5",),
        "an .h5 file takes a deep copy of the config, which fails for a list that Keras tracks in the layer",
        signs.refused("cannot pickle 'module' object", "get_config"),
    ),
    Limit(
        ("h5",),
        "the config in an .h5 file keeps of a function its name alone, and a lambda has none",
        signs.refused("identifier: <lambda>", "lambda"),
    ),
    Limit(
        ("h5",),
        "an .h5 file cannot hold a model in which a layer makes a mask that another takes",
        signs.refused("Unknown layer: 'NotEqual'", "mask"),
    ),
    Limit(
        ("h5",),
        "an .h5 file cannot hold a functional model that calculates with a Python number",
        signs.refused("Only input tensors may be passed as positional arguments", "model"),
    ),
    Limit(("h5",), "an .h5 file holds functional and Sequential models only", signs.own_model),
    Limit(
        ("clone",),
        "clone_model makes a plain functional or Sequential model of a subclass of one",
        signs.plain_model,
    ),
    Limit(
        ("h5", "clone"),
        "only .keras and .weights.h5 files go by save_own_variables and load_own_variables",
        signs.own_variables,
    ),
    Limit(
        ("h5", "clone", "json", "tf-checkpoint"),
        "only a .keras file keeps it: this way carries arguments and weights, or weights alone",
        signs.left_in_files,
        explains=False,
    ),
    Limit(
        ("tf-checkpoint",),
        "a checkpoint of TensorFlow holds what Keras keeps in attributes, not in lists or dicts of them: "
        "the weights are lost, and restoring says nothing",
        signs.off_attributes,
        severity=Severity.WARNING,
        since=_KERAS_3,
    ),
    Limit(
        ("export",),
        "a SavedModel cannot hold a model whose outputs are nested",
        signs.refused("Got a non-Tensor value", "outputs"),
    ),
    Limit(
        ("h5",),
        "an .h5 file of Keras 2 cannot hold a function of one's own as it is written for a .keras file",
        signs.refused("Unknown activation function: 'function'", "activation"),
        until=_KERAS_3,
    ),
    Limit(
        ("tf-checkpoint", "export"),
        "Keras 2 writes a checkpoint or a SavedModel only if each weight has a name: add_weight(name=...)",
        signs.refused("'NoneType' object has no attribute 'replace'", "weights"),
        severity=Severity.WARNING,
        until=_KERAS_3,
    ),
)
