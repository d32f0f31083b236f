"""The arguments that a class adds to ``compile``, each with a value other than its default."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from maskcheck.compare.values import equivalent
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer_class.entry import read_parameters

# What a model is compiled with, as far as its ``compile`` takes it.
_USUAL: Mapping[str, Any] = {"optimizer": "adam", "loss": "mse", "run_eagerly": True}
_REQUIRED = 0.3


def list_ways(model: keras.Model) -> Iterator[dict[str, Any]]:
    """Yield arguments to compile a model with: the class's own with other values, then what it requires."""
    parameters = read_parameters(type(model).compile)
    anything = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
    usual = {name: value for name, value in _USUAL.items() if anything or name in parameters}
    usual |= {
        name: [] if "metrics" in name else None for name in _list_required(parameters) if name not in usual
    }
    own = dict(_suggest_values(parameters))
    needed = {name: v for name, v in own.items() if parameters[name].default is inspect.Parameter.empty}
    if own:
        yield {**usual, **own}
    yield {**usual, **needed}


def _list_required(parameters: Mapping[str, inspect.Parameter]) -> list[str]:
    """Return those of Keras' own that a class takes without a default."""
    known = [name for name in read_parameters(keras.Model.compile) if name != "self"]
    return [n for n in known if n in parameters and parameters[n].default is inspect.Parameter.empty]


def find_kept(model: keras.Model, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the attribute in which a compiled model keeps each argument that only its class takes."""
    known = read_parameters(keras.Model.compile)
    kept: dict[str, str] = {}
    for name in (name for name in given if name not in known):
        value = freeze(given[name])
        held = (key for key, item in vars(model).items() if equivalent(freeze(item), value))
        places = sorted(held, key=lambda key: (key != name, key.startswith("_")))
        kept |= {name: places[0]} if places else {}
    return kept


def _suggest_values(parameters: Mapping[str, inspect.Parameter]) -> Iterator[tuple[str, Any]]:
    """Yield each argument beyond those of Keras that a value is known for, no two of them alike."""
    known = read_parameters(keras.Model.compile)
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    for place, (name, parameter) in enumerate(parameters.items()):
        if name not in known and parameter.kind not in variadic:
            value = _suggest_value(name, parameter.default, 1 + place / 100)
            if value is not None:
                yield name, value


def _suggest_value(name: str, default: Any, factor: float) -> Any:
    match default:
        case bool():
            return not default
        case int():
            return default + 1
        case float():
            return default * 0.618 * factor if default else _REQUIRED * factor
    if default is not inspect.Parameter.empty:
        return None
    if "loss" in name:
        return keras.losses.MeanSquaredError()
    if "optimizer" in name:
        return keras.optimizers.SGD()
    return [] if "metric" in name else _REQUIRED * factor
