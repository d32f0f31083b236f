"""How Keras names classes and functions, and the custom objects that a load needs."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from typing import Any

from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.guarded import is_class, is_subclass, read_state
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.lab.layer.plain import qualified_name
from maskcheck.model.layer_facts import Registration


def describe_registration(thing: Any) -> Registration:
    """Return the registered name of a class or function and what loading resolves it to.

    A class that is not registered may have the name of one of Keras' layers.
    """
    name = keras.saving.get_registered_name(thing)
    registered = name != thing.__name__
    found = keras.saving.get_registered_object(name) if registered else _namesake(thing)
    collides = registered and found is not None and found is not thing
    return Registration(name, registered, qualified_name(found) if found is not None else None, collides)


def _namesake(thing: Any) -> Any:
    """Return the layer of Keras that has the name of a class."""
    found = getattr(keras.layers, thing.__name__, None) if isinstance(thing, type) else None
    return found if found is not thing else None


def find_custom_objects(layer: keras.Layer) -> dict[str, Any]:
    """Return the unregistered layer classes that the layer is made of, by name.

    Registered classes are left out, so that their registration is really used.
    """
    module = sys.modules.get(type(layer).__module__)
    nearby = [c for c in read_state(module).values() if _is_local_layer(c, module)]
    parts = [type(part) for part in walk(layer).layers.values()]
    # Of several classes of one name the layer's own counts, so it comes last.
    classes = (*nearby, *parts, type(layer))
    return {c.__name__: c for c in classes if not is_keras(c) and not describe_registration(c).registered}


def describe_functions(layer: keras.Layer) -> Mapping[str, Registration]:
    """Return the registration of every user function that an attribute of the layer holds.

    A function that is not registered is saved by its bare name; where Keras has one
    of that name, ``resolves_to`` says which will come back instead.
    """
    found = {}
    for path, part in walk(layer).layers.items():
        for name, value in own_attributes(part).items():
            if type(value) is types.FunctionType and not _is_library(value):
                found[f"{path}.{name}" if path else name] = _function_registration(value)
    return found


def _function_registration(function: Any) -> Registration:
    entry = describe_registration(function)
    if entry.registered or function.__name__ == "<lambda>":
        return entry
    builtin = getattr(keras.activations, function.__name__, None)
    if builtin is None:
        return entry
    return Registration(entry.registered_name, False, qualified_name(builtin), builtin is not function)


def _is_library(function: Any) -> bool:
    return str(function.__module__).partition(".")[0] in ("keras", "tensorflow", "tf_keras")


def _is_local_layer(cls: Any, module: Any) -> bool:
    return is_class(cls) and is_subclass(cls, keras.Layer) and cls.__module__ == module.__name__
