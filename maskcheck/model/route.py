"""The ways out and back that a layer is sent on: what each does, and what it cannot carry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One route: its name, what it does, and what its format carries for no layer at all.

    ``default`` routes are taken unless others are named. ``config`` is True where the
    constructor's arguments travel, ``weights`` where the values of the weights do.
    """

    name: str
    does: str
    cannot: str = ""
    default: bool = False
    config: bool = True
    weights: bool = True


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
        "model.save to a .keras file and load_model: in a functional model, and held by a subclassed one",
        "positions of seed generators, metrics, states of recurrent layers",
        default=True,
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
        "positions of seed generators, metrics, states of recurrent layers",
        default=True,
    ),
)
ROUTES = tuple(route.name for route in ROUTE_TABLE)
DEFAULT_ROUTES = tuple(route.name for route in ROUTE_TABLE if route.default)
