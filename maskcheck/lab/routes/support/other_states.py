"""Trips of the .keras file on which the layer sets out in another state: frozen, trained, in a container."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import bare_names, keras
from maskcheck.lab.layer.error_info import first_line
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.compiled import CannotTrain, read_compiled_state, train_on_batch
from maskcheck.lab.routes.support.containers import make_holder
from maskcheck.lab.routes.support.frozen_form import freeze_layer, read_trainability
from maskcheck.lab.routes.support.keras_archive import send_through_file
from maskcheck.lab.routes.support.trip import LoadResult, complete_trip
from maskcheck.lab.routes.support.wrappers import Maker
from maskcheck.model.evidence import NotTaken, Trip
from maskcheck.model.snapshot import Snapshot


def send_frozen(traveller: Traveller) -> Trip | NotTaken:
    """Freeze the built layer, save and load it, and see which weights are trainable then."""
    layer = traveller.layer
    model = make_holder(layer)
    try:
        with freeze_layer(layer):
            before = read_trainability(layer)
            back = send_through_file(traveller, "frozen", model, lambda m: m if model is layer else m.held)
    except Exception as error:
        return NotTaken("keras", "frozen", f"trainable cannot be set: {first_line(error)}")
    return _compare_states("frozen", back, before, read_trainability)


def send_compiled(traveller: Traveller) -> Trip | NotTaken:
    """Compile and train a twin of the model for one batch, save it, and see what its file brings back."""
    try:
        twin = traveller.build(traveller.construction_seed).layer
        copy_weights(traveller.layer, twin)
        train_on_batch(twin, traveller.modes["inference"], traveller.seed)
        before = read_compiled_state(twin)
    except CannotTrain as error:
        return NotTaken("keras", "compiled", str(error))
    except BuildError as error:
        return NotTaken("keras", "compiled", f"cannot be built again: {error.failure.error.message}")
    with quiet():
        back = send_through_file(traveller, "compiled", twin, lambda model: model, compiled=True)
    return _compare_states("compiled", back, before, read_compiled_state)


def send_contained(traveller: Traveller, form: str, make: Maker) -> Trip | NotTaken:
    """Put the layer into a container, save and load that, and observe the layer in it."""
    try:
        contained = make()
    except Exception as error:
        return NotTaken("keras", form, f"does not fit into one: {first_line(error)}")
    inference = {"inference": traveller.modes["inference"]}
    before = traveller.observe(contained.layer, inference)
    inside = replace(
        traveller,
        built=replace(traveller.built, layer=contained.layer),
        modes=inference,
        reference=before,
        custom_objects={**traveller.custom_objects, **bare_names(contained.layer)},
    )
    back = send_through_file(inside, form, contained.model, contained.unload)
    return replace(complete_trip(inside, "keras", form, back), before=before)


def _compare_states(
    form: str, back: LoadResult, before: Snapshot, read: Callable[[keras.Layer], Snapshot]
) -> Trip:
    if back.layer is None:
        return Trip("keras", form, failure=back.failure)
    return Trip("keras", form, read(back.layer), unsafe=back.unsafe, before=before)
