"""Makes a variable of TensorFlow one that Keras tracks."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import list_own, replace_nodes, write_code
from maskcheck.fixes.changes.nodes.assignments import change_values

_VARIABLES = ("tf.Variable", "tensorflow.Variable")
_FILLED = {"ones": "ones", "zeros": "zeros"}
# What Keras' variables take under the same name.
_POSITIONAL = ("initial_value", "trainable")
_KEPT = ("trainable", "name", "dtype")


@dataclass(frozen=True)
class TrackVariable(Change):
    """Makes ``self.<attribute>`` of a ``tf.Variable`` a weight, or a variable of Keras.

    One of ones or zeros becomes what ``add_weight`` gives. ``keras`` is how the module writes Keras.
    """

    owner: str
    attribute: str
    keras: str = "keras"

    def apply(self, module: cst.Module) -> cst.Module:
        """Change every such variable that the attribute is given, in lists too."""
        return change_values(module, self.owner, self.attribute, self._change)

    def _change(self, value: cst.BaseExpression) -> cst.BaseExpression:
        if isinstance(value, cst.Call) and _is_variable(value):
            return self._write_weight(value) or self._write_variable(value, self.attribute)
        inside = [each for each in list_own(value) if isinstance(each, cst.Call) and _is_variable(each)]
        if not inside:
            return value
        return replace_nodes(value, {each: self._write_variable(each, "") for each in inside})

    def _write_weight(self, call: cst.Call) -> cst.Call | None:
        """Return a call of ``add_weight`` for a variable of ones or zeros, None for any other."""
        filled, options = _split(call)
        if not isinstance(filled, cst.Call) or not isinstance(filled.func, cst.Attribute):
            return None
        initializer = _FILLED.get(filled.func.attr.value)
        alone = len(filled.args) == 1 and not filled.args[0].keyword
        shape = _write_shape(filled.args[0].value) if alone else ""
        if not initializer or not shape or write_code(filled.func.value) not in ("tf", "tensorflow"):
            return None
        options.setdefault("name", f'"{self.attribute}"')
        given = {"name": options.pop("name"), "shape": shape, "initializer": f'"{initializer}"', **options}
        return _write_call("self.add_weight", given)

    def _write_variable(self, call: cst.Call, name: str) -> cst.Call:
        value, options = _split(call)
        if name:
            options.setdefault("name", f'"{name}"')
        new = _write_call(f"{self.keras}.Variable", options)
        return new.with_changes(args=[cst.Arg(value), *new.args])


def _is_variable(call: cst.Call) -> bool:
    return write_code(call.func) in _VARIABLES


def _split(call: cst.Call) -> tuple[cst.BaseExpression, dict[str, str]]:
    """Return what a variable begins with, and what else is said of it.

    Raises:
        CannotChange: Keras has no such thing.
    """
    options: dict[str, str] = {}
    value = None
    for place, each in enumerate(call.args):
        name = each.keyword.value if each.keyword else "".join(_POSITIONAL[place : place + 1])
        if each.star or name not in ("initial_value", *_KEPT):
            raise CannotChange(f"Keras has no variable with {each.star}{name or write_code(each.value)}")
        if name == "initial_value":
            value = each.value
        elif write_code(each.value) != "None":
            options[name] = write_code(each.value)
    if value is None:
        raise CannotChange("the variable has no value to begin with")
    return value, options


def _write_shape(size: cst.BaseExpression) -> str:
    """Return a shape that may be given as its only size, "" where that cannot be told from it."""
    match size:
        case cst.Tuple() | cst.List():
            return write_code(size)
        case cst.Integer():
            return f"({write_code(size)},)"
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Slice())]):
            return write_code(size)
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index())]):
            return f"({write_code(size)},)"
    return ""


def _write_call(function: str, options: dict[str, str]) -> cst.Call:
    arguments = ", ".join(f"{name}={text}" for name, text in options.items())
    call = cst.parse_expression(f"{function}({arguments})")
    assert isinstance(call, cst.Call)
    return call
