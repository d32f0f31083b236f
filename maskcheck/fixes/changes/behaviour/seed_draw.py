"""Draws with a seed."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, list_own, replace_nodes, write_code

_SEED = "0"
_NUMPY = ("np.random", "numpy.random")
# What takes its seed as the first argument.
_GENERATORS = ("default_rng", "RandomState", "SeedGenerator", "Random")


@dataclass(frozen=True)
class SeedDraws(Change):
    """Gives every draw without a seed in the methods of a class one."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Seed generators, and draw from a generator with a seed where NumPy's own was drawn from.

        Raises:
            CannotChange: nothing is drawn without a seed.
        """
        found: dict[cst.CSTNode, cst.CSTNode] = {}
        seeded = False
        methods = list_methods(get_class(module, self.owner))
        for each in (each for method in methods for each in list_own(method)):
            if isinstance(each, cst.Call):
                seeded = seeded or _is_seeded(each)
                found |= _seed(each)
        if not found and not seeded:
            raise CannotChange("nothing is drawn here without a seed")
        return change_class(module, self.owner, lambda node: replace_nodes(node, found)) if found else module


def _seed(call: cst.Call) -> dict[cst.CSTNode, cst.CSTNode]:
    """Return what to put in the place of what, so that a call draws with a seed."""
    path = write_code(call.func)
    module, _, name = path.rpartition(".")
    if name in _GENERATORS and not call.args:
        return {call: cst.parse_expression(f"{path}({_SEED})")}
    if module in _NUMPY and name not in (*_GENERATORS, "seed"):
        # Of all its generators the old one alone has the functions of the module.
        return {call.func: cst.parse_expression(f"{module}.RandomState({_SEED}).{name}")}
    keywords = [each.keyword.value for each in call.args if each.keyword]
    if module.endswith("keras.random") and name not in _GENERATORS and "seed" not in keywords:
        seed = cst.ensure_type(cst.parse_expression(f"f(seed={_SEED})"), cst.Call).args
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        args = [*(each.with_changes(comma=comma) for each in call.args), *seed]
        return {call: call.with_changes(args=args)}
    return {}


def _is_seeded(call: cst.Call) -> bool:
    text = write_code(call)
    return f"RandomState({_SEED})" in text or f"seed={_SEED}" in text or f"({_SEED})" in text
