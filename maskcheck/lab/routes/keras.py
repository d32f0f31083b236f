"""Route ``keras``: saved to a .keras file and loaded, in the models in which users put layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import is_keras, keras, trainable_weights
from maskcheck.lab.layer.error_info import first_line
from maskcheck.lab.routes.support.call_graph import send_graph
from maskcheck.lab.routes.support.containers import Holder, NotTraceable, find_place, make_functional
from maskcheck.lab.routes.support.keras_archive import Unload, send_through_file
from maskcheck.lab.routes.support.other_states import send_compiled, send_contained, send_frozen
from maskcheck.lab.routes.support.trip import complete_trip
from maskcheck.lab.routes.support.wrappers import is_cell, list_wrappers
from maskcheck.model.evidence import NotTaken, Trip
from maskcheck.model.snapshot import DOWNSTREAM


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield a trip for each form; a Model is its own container, and is trained and saved once more.

    A layer of the user's own is frozen for one of them, where there is anything to freeze. Further
    containers are tried when all routes are taken; a recurrent cell always travels in the layer
    that it is made for. All this only where anything comes back at all.
    """
    came_back = False
    for result in _send_in_models(traveller):
        came_back |= isinstance(result, Trip) and result.after is not None
        yield result
    if came_back:
        yield from _send_in_other_states(traveller)


def _send_in_other_states(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the trips of the layer frozen, of the model trained, and in further containers."""
    layer, is_model = traveller.layer, isinstance(traveller.layer, keras.Model)
    if is_model:
        yield send_compiled(traveller)
    if trainable_weights(layer) and (traveller.all_routes or not is_keras(traveller.cls)):
        yield send_frozen(traveller)
    if is_cell(layer) or (traveller.all_routes and not is_model):
        for form, make in list_wrappers(layer, traveller.modes["inference"]):
            yield send_contained(traveller, form, make)


def _send_in_models(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the trips in a functional model and in one that merely holds the layer.

    The latter shows build faults, which a functional one hides by calling the layer again
    while it is loaded; and, called at run time, what a mask does upstream and downstream.
    """
    thorough = _add_extra_modes(traveller)
    if isinstance(traveller.layer, keras.Model):
        yield _send_saved(thorough, "held", traveller.layer, lambda model: model)
        return
    try:
        model = make_functional(traveller.layer, traveller.modes["inference"])
    except NotTraceable as error:
        reason = f"cannot be called on symbolic inputs: {first_line(error)}"
        yield NotTaken("keras", "functional", reason, error.of_layer)
        shown = False
    else:
        place = find_place(model, traveller.layer)
        inside = _send_saved(thorough, "functional", model, lambda model: model.layers[place])
        yield inside
        yield from send_graph(traveller, model, place)
        shown = inside.after is not None
    modes = traveller.modes if traveller.all_routes else {"inference": traveller.modes["inference"]}
    among = {DOWNSTREAM: traveller.extra_modes[DOWNSTREAM]} if DOWNSTREAM in traveller.extra_modes else {}
    alone = replace(traveller, modes={**(modes if shown else thorough.modes), **among})
    yield _send_saved(alone, "held", Holder(traveller.layer, masks=bool(among)), lambda model: model.held)


def _add_extra_modes(traveller: Traveller) -> Traveller:
    """Return the traveller with its rare modes among the others, but for what another form is for."""
    rare = {mode: inputs for mode, inputs in traveller.extra_modes.items() if mode != DOWNSTREAM}
    return replace(traveller, modes={**traveller.modes, **rare})


def _send_saved(traveller: Traveller, form: str, model: keras.Model, unload: Unload) -> Trip:
    return complete_trip(traveller, "keras", form, send_through_file(traveller, form, model, unload))
