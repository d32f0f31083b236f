"""Makes what a layer computes once a weight that is not trained."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, list_own, replace_nodes, write_code
from maskcheck.fixes.changes.nodes.assignments import Assignment, list_assignments, list_targets
from maskcheck.fixes.changes.nodes.code import break_call, is_long, read_statements

# Where a layer may make weights.
_MAKERS = ("__init__", "build")


@dataclass(frozen=True)
class HoldAsVariable(Change):
    """Puts the value of ``self.<attribute>`` into a variable of Keras, which files hold."""

    owner: str
    attribute: str
    keras: str = "keras"

    def apply(self, module: cst.Module) -> cst.Module:
        """Change the one place in __init__ or build that gives it a value."""
        found = [
            each
            for method in _MAKERS
            for each in list_assignments(get_class(module, self.owner), self.attribute, method)
            if each.value is not None and not m.matches(each.value, m.Name("None"))
        ]
        if len(found) != 1:
            raise CannotChange(f"self.{self.attribute} gets its value outside of __init__ and build")
        value = found[0].value
        assert value is not None
        if write_code(value).startswith((f"{self.keras}.Variable(", "self.add_weight(")):
            return module
        new = f'{self.keras}.Variable(0, trainable=False, name="{self.attribute.lstrip("_")}")'
        call = cst.ensure_type(cst.parse_expression(new), cst.Call)
        call = call.with_changes(args=[call.args[0].with_changes(value=value), *call.args[1:]])
        if is_long(f"self.{self.attribute} = {write_code(call)}"):
            call = break_call(call, module.default_indent)
        return change_class(module, self.owner, lambda node: replace_nodes(node, {value: call}))


@dataclass(frozen=True)
class CountInWeight(Change):
    """Makes a number that calls or methods change a weight, and assigns it as weights are."""

    owner: str
    attribute: str
    keras: str = "keras"

    def apply(self, module: cst.Module) -> cst.Module:
        """Change all places that give it a value, the first of which must be a plain number."""
        node = get_class(module, self.owner)
        begun = list_assignments(node, self.attribute, "__init__")
        if len(begun) != 1:
            raise CannotChange(f"__init__ does not begin self.{self.attribute} with a number")
        value = begun[0].value
        if value is not None and write_code(value).startswith("self.add_weight("):
            return module
        number = _read_number(value)
        others: dict[cst.CSTNode, cst.CSTNode] = {
            begun[0]: self._begin(begun[0], number, module.default_indent)
        }
        for each in (each for method in list_methods(node) for each in list_own(method)):
            if isinstance(each, cst.AugAssign | cst.Assign | cst.AnnAssign) and each is not begun[0]:
                new = self._assign(each)
                if new is not None:
                    others[each] = new
        return change_class(module, self.owner, lambda owner: replace_nodes(owner, others))

    def _begin(self, old: Assignment, number: str, unit: str) -> cst.BaseSmallStatement:
        initializer = {"0": '"zeros"', "0.0": '"zeros"', "1": '"ones"', "1.0": '"ones"'}.get(
            number, f"{self.keras}.initializers.Constant({number})"
        )
        name = self.attribute.lstrip("_")
        text = f'self.add_weight(name="{name}", shape=(), initializer={initializer}, trainable=False)'
        call = cst.ensure_type(cst.parse_expression(text), cst.Call)
        long = is_long(f"self.{self.attribute} = {text}")
        return old.with_changes(value=break_call(call, unit) if long else call)

    def _assign(self, each: cst.AugAssign | Assignment) -> cst.BaseSmallStatement | None:
        """Return the statement that assigns the weight, None for one about something else.

        Raises:
            CannotChange: a weight has nothing like it.
        """
        path = f"self.{self.attribute}"
        targets = [write_code(each.target)] if isinstance(each, cst.AugAssign) else list_targets(each)
        if path not in targets:
            return None
        method = "assign"
        if isinstance(each, cst.AugAssign):
            method = {"+=": "assign_add", "-=": "assign_sub"}.get(write_code(each.operator).strip(), "")
        if not method or len(targets) > 1 or each.value is None:
            raise CannotChange(f"{write_code(each)} cannot be written for a weight")
        (line,) = read_statements(f"{path}.{method}({write_code(each.value)})")
        return cst.ensure_type(line, cst.SimpleStatementLine).body[0]


def _read_number(value: cst.BaseExpression | None) -> str:
    """Return a literal number.

    Raises:
        CannotChange: it is something else.
    """
    if isinstance(value, cst.Integer | cst.Float):
        return value.value
    raise CannotChange("it is no number to begin with")
