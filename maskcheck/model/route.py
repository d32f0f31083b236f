"""The ways out and back that a layer is sent on: what each does, and what it cannot carry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One route. A file named after it in `maskcheck.lab.routes` sends layers on it."""

    # The name by which the user asks for it.
    name: str
    # What is done, as ``maskcheck routes`` says it.
    does: str
    # What its format carries for no layer at all.
    cannot: str
    # Whether it is taken unless others are named.
    default: bool = False
    # Whether the constructor's arguments travel.
    config: bool = True
    # Whether the values of the weights travel.
    weights: bool = True
    # Whether all else that a .keras file holds travels, too, as far as calls depend on it: assets,
    # own variables, what is shared inside the layer.
    complete: bool = False
    # Whether a layer comes back that can be looked at, rather than only called.
    layer: bool = True
    # Whether it ends in another process.
    elsewhere: bool = False

    @property
    def module(self) -> str:
        """Return the name of its file in the lab, without the ending."""
        return self.name.replace("-", "_")


_NEVER_SAVED = "positions of seed generators, metrics, states of recurrent layers"
ROUTE_TABLE = (
    Route(
        "config",
        "get_config, to JSON text and back, then from_config; and from_config(get_config()) as it is",
        "weights and anything else that is not an argument: they are copied over before the comparison",
        default=True,
        weights=False,
    ),
    Route(
        "keras",
        "model.save to a .keras file and load_model: in a functional model, held by another, and frozen; "
        "a Model compiled and trained; with all routes in Sequential and wrappers too",
        _NEVER_SAVED,
        default=True,
        complete=True,
    ),
    Route(
        "weights",
        "save_weights to a .weights.h5 file, load_weights into the same layer made anew",
        "arguments and attributes: the new layer gets them from the case",
        default=True,
        config=False,
    ),
    Route(
        "deepcopy",
        "copy.deepcopy of the layer, which Keras does by saving it to memory and loading it",
        _NEVER_SAVED,
        default=True,
        complete=True,
    ),
    Route(
        "fresh",
        "a .keras file loaded by a new process, with another hash seed and Keras' default settings",
        _NEVER_SAVED,
        default=True,
        complete=True,
        elsewhere=True,
    ),
    Route(
        "pickle",
        "pickle.dumps and loads of the layer, and of a model with the layer in it",
        _NEVER_SAVED,
        complete=True,
    ),
    Route(
        "h5",
        "model.save to a legacy .h5 file and load_model, in a functional model",
        "subclassed models, masks made inside the model, bfloat16 weights, assets, own variables, sharing",
    ),
    Route(
        "clone",
        "keras.models.clone_model of a model with the layer in it, then set_weights(get_weights())",
        "assets, own variables and what is shared inside the layer",
    ),
    Route(
        "json",
        "model.to_json and model_from_json, then the weights from a .weights.h5 file",
        "assets",
    ),
    Route(
        "tf-checkpoint",
        "tf.train.Checkpoint, saved and restored into the same layer made anew",
        "arguments and attributes, which the new layer gets from the case; assets and own variables",
        config=False,
    ),
    Route(
        "export",
        "model.export to a SavedModel, served by tf.saved_model.load and by keras.layers.TFSMLayer",
        "the layer itself: what is served gives outputs, without masks, losses, attributes or training",
        config=False,
        complete=True,
        layer=False,
    ),
)
# The names of all routes, in the order in which they are taken; of those that are taken by default.
ROUTES = tuple(route.name for route in ROUTE_TABLE)
DEFAULT_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.default)
