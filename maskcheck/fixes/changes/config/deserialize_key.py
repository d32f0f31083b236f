"""Has ``from_config`` make objects of what describes them."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.classes import get_class
from maskcheck.fixes.changes.config.dicts import is_text
from maskcheck.fixes.changes.methods import (
    Replacement,
    change_method,
    find_method,
    list_own,
    replace_nodes,
    write_code,
)
from maskcheck.fixes.changes.writing.blocks import (
    list_body,
    list_small,
    open_block,
    parse_statement,
    with_body,
)
from maskcheck.fixes.changes.writing.layout import indent_unit, is_typed, quote, write_fitting
from maskcheck.fixes.changes.writing.parameters import list_parameters, name_config
from maskcheck.fixes.changes.writing.sequences import read_dict, write_dict


@dataclass(frozen=True)
class DeserializeKey(Change):
    """Have ``from_config`` read an entry by ``function``, that of Keras that deserializes objects."""

    owner: str
    key: str
    function: str = "keras.saving.deserialize_keras_object"

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the entry read; with a ``from_config`` where the class has none.

        Raises:
            CannotChange: there is no such class.
        """
        return write_fitting(module, lambda spread: self._write(module, spread=spread))

    def _write(self, module: cst.Module, *, spread: bool) -> cst.Module:
        owner = get_class(module, self.owner)
        unit, near = indent_unit(module), (owner, module)
        if find_method(owner, "from_config") is None:
            module = AddMethod(self.owner, _write_method(owner, typed=is_typed(module, owner))).apply(module)
        return change_method(
            module, self.owner, "from_config", lambda method: self._read(method, unit, near, spread=spread)
        )

    def _read(
        self, method: cst.FunctionDef, unit: str, near: tuple[cst.CSTNode, ...], *, spread: bool
    ) -> cst.FunctionDef:
        config = name_config(method)
        key = quote(self.key, method, *near)
        read = f"{self.function}({config}[{key}])"
        reads = self._list_reads(method)
        if any(self._is_read(each) for each in reads):
            return method
        built: dict[cst.CSTNode, Replacement] = {each: self._deserialize(each) for each in reads}
        if built:
            return replace_nodes(method, built)
        element = cst.DictElement(cst.parse_expression(key), cst.parse_expression(read))
        for placed in list_small(method):
            copied = _read_copy(placed.small, config)
            if copied is not None and placed.always:
                items = read_dict(copied).append(element, unit)
                return replace_nodes(
                    method, {copied: write_dict(copied, items.spread(unit) if spread else items)}
                )
        method = open_block(method)
        statement = parse_statement(f"{config} = {{**{config}, {key}: {read}}}")
        if spread:
            copied = _read_copy(statement.body[0], config)
            if copied is not None:
                statement = replace_nodes(
                    statement, {copied: write_dict(copied, read_dict(copied).spread(unit))}
                )
        body = list_body(method)
        place = _find_user(body, config)
        return with_body(method, [*body[:place], statement, *body[place:]])

    def _list_reads(self, method: cst.FunctionDef) -> list[cst.BaseExpression]:
        """Return the expressions that make something of the entry, and of nothing else of the config."""
        found: list[cst.BaseExpression] = []
        for each in list_own(method):
            value: cst.BaseExpression | None = None
            if isinstance(each, cst.DictElement):
                value = each.value if is_text(each.key, self.key) else None
            elif isinstance(each, cst.Arg):
                value = each.value if each.keyword is not None and each.keyword.value == self.key else None
            elif isinstance(each, cst.Assign):
                value = each.value
            if isinstance(value, cst.Call | cst.Subscript) and _find_item(value, self.key) is not None:
                found.append(value)
        inner = [
            each for each in found if not any(each is not other and _holds(each, other) for other in found)
        ]
        return [each for each in inner if not _makes_own(each, method)]

    def _is_read(self, value: cst.BaseExpression) -> bool:
        """Tell whether a value is read by the function, by whatever path it is named."""
        name = self.function.rpartition(".")[2]
        return isinstance(value, cst.Call) and write_code(value.func).rpartition(".")[2] == name

    def _deserialize(self, value: cst.BaseExpression) -> cst.BaseExpression:
        item = _find_item(value, self.key)
        called = cst.parse_expression(self.function)
        return cst.Call(called, [cst.Arg(item)]) if item is not None else value


def _write_method(owner: cst.ClassDef, *, typed: bool) -> str:
    argument = "config: dict[str, Any]" if typed else "config"
    returns = f' -> "{owner.name.value}"' if typed else ""
    return f"@classmethod\ndef from_config(cls, {argument}){returns}:\n    return cls(**config)"


def _read_copy(small: cst.BaseSmallStatement, config: str) -> cst.Dict | None:
    """Return the dict of ``config = {**config, ..}``."""
    if not isinstance(small, cst.Assign) or write_code(small.targets[0].target) != config:
        return None
    first = small.value.elements[:1] if isinstance(small.value, cst.Dict) else ()
    copied = [write_code(each.value) for each in first if isinstance(each, cst.StarredDictElement)]
    return small.value if copied == [config] and isinstance(small.value, cst.Dict) else None


def _find_user(body: list[cst.BaseStatement], config: str) -> int:
    """Return the index of the first statement that makes something of the config, else of the last one."""
    for index, statement in enumerate(body):
        calls = [each for each in list_own(statement) if isinstance(each, cst.Call)]
        spread = any(a.star == "**" and write_code(a.value) == config for call in calls for a in call.args)
        handed = any(
            isinstance(call.func, cst.Attribute)
            and call.func.attr.value == "from_config"
            and any(write_code(a.value) == config for a in call.args)
            for call in calls
        )
        dicts = [each for each in list_own(statement) if isinstance(each, cst.StarredDictElement)]
        if spread or handed or any(write_code(each.value) == config for each in dicts):
            return index
    return len(body) - 1


def _find_item(node: cst.CSTNode, key: str) -> cst.BaseExpression | None:
    """Return what reads an entry inside an expression: ``config[key]``, or a call of get or pop."""
    for each in list_own(node):
        if isinstance(each, cst.Subscript) and len(each.slice) == 1:
            index = each.slice[0].slice
            if isinstance(index, cst.Index) and is_text(index.value, key):
                return each
        if isinstance(each, cst.Call) and isinstance(each.func, cst.Attribute):
            reads = each.func.attr.value in ("pop", "get") and bool(each.args)
            if reads and is_text(each.args[0].value, key):
                return each
    return None


def _makes_own(value: cst.BaseExpression, method: cst.FunctionDef) -> bool:
    """Tell whether an expression makes the layer itself."""
    name = write_code(value.func) if isinstance(value, cst.Call) else ""
    return name in (list_parameters(method)[0], "super().from_config")


def _holds(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return any(each is inner for each in list_own(outer))
