"""Which edits may mend a finding: the builder of its rule, and where in the source it points to."""

from __future__ import annotations

import ast

from maskcheck.fixes.builders import calls, masks
from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config import table as config
from maskcheck.fixes.builders.files import build, environment, lambdas, registration
from maskcheck.fixes.builders.weights import compile, own_state, parts, state, variables
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.source.syntax_tree import cached_tree

_BUILDERS: Builders = {
    **build.BUILDERS,
    **calls.BUILDERS,
    **compile.BUILDERS,
    **config.BUILDERS,
    **environment.BUILDERS,
    **lambdas.BUILDERS,
    **masks.BUILDERS,
    **own_state.BUILDERS,
    **parts.BUILDERS,
    **registration.BUILDERS,
    **state.BUILDERS,
    **variables.BUILDERS,
}


def propose_edits(finding: Finding, subject: Subject) -> tuple[Edit, ...]:
    """Return the edits that may mend a finding of a layer, the plainest first; none where none is known."""
    propose = _BUILDERS.get(finding.rule)
    if propose is None:
        return ()
    file = finding.file or subject.file
    owner = find_class_at(file, finding.line or 0)
    if not owner:
        file, owner = subject.file, subject.qualname
    return tuple(propose(Wanted(finding, subject, file, owner)))


def find_class_at(file: str, line: int) -> str:
    """Return the qualname of the innermost class around a line, "" where there is none."""
    tree = cached_tree(file)
    return _find_class(tree, line, "") if isinstance(tree, ast.Module) else ""


def _find_class(node: ast.AST, line: int, prefix: str) -> str:
    for child in ast.iter_child_nodes(node):
        first = (
            min([child.lineno, *(d.lineno for d in getattr(child, "decorator_list", ()))], default=0)
            if isinstance(child, ast.stmt)
            else 0
        )
        if not isinstance(child, ast.stmt) or not first <= line <= (child.end_lineno or 0):
            continue
        if isinstance(child, ast.ClassDef):
            return _find_class(child, line, f"{prefix}{child.name}.") or f"{prefix}{child.name}"
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            return _find_class(child, line, f"{prefix}{child.name}.<locals>.")
        return _find_class(child, line, prefix)
    return ""
