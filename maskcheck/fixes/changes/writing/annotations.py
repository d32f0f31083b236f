"""Says in new methods what they take and return, where the others of a class do."""

from __future__ import annotations

import libcst as cst

from maskcheck.fixes.changes.writing.layout import is_typed

_NOTHING = ("__init__", "build", "save_own_variables", "load_own_variables", "compile_from_config")
_CONFIG = "dict[str, Any]"


def annotate(method: cst.FunctionDef, module: cst.Module, owner: cst.ClassDef) -> cst.FunctionDef:
    """Return a method with types, if the class to get it has them and it has not."""
    if not is_typed(module, owner):
        return method
    taken = method.visit(_Annotator())
    assert isinstance(taken, cst.FunctionDef)
    name = method.name.value
    returned = "None" if name in _NOTHING else _CONFIG if name == "get_config" else "Any"
    return taken if taken.returns else taken.with_changes(returns=_annotation(returned))


def _annotation(text: str) -> cst.Annotation:
    return cst.Annotation(cst.parse_expression(text))


class _Annotator(cst.CSTTransformer):
    def leave_Param(self, original_node: cst.Param, updated_node: cst.Param) -> cst.Param:
        name = original_node.name.value
        if original_node.annotation or name in ("self", "cls"):
            return updated_node
        spaced = cst.AssignEqual() if original_node.default else cst.MaybeSentinel.DEFAULT
        kind = _CONFIG if name == "config" else "Any"
        return updated_node.with_changes(annotation=_annotation(kind), equal=spaced)

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False
