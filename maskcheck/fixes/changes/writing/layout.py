"""How a module is written: its quotes, the length of its lines, its types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import libcst as cst

_USUAL, _LONGEST = 88, 120


def fits(before: cst.Module, after: cst.Module) -> bool:
    """Tell whether no new line is longer than those that the module has, or than most people write."""
    lines = before.code.splitlines()
    limit = min(max([_USUAL, *map(len, lines)]), _LONGEST)
    return all(len(line) <= limit for line in {*after.code.splitlines()}.difference(lines))


def write_fitting(module: cst.Module, write: Callable[[bool], cst.Module]) -> cst.Module:
    """Return what ``write`` gives, told to spread it over several lines where it is too long for one."""
    short = write(False)
    return short if fits(module, short) else write(True)


def quote(text: str, *near: cst.CSTNode) -> str:
    """Return a text as a literal, in the quotes that the nearest code with any has most of."""
    for node in near:
        counter = _QuoteCounter()
        node.visit(counter)
        if counter.found:
            mark = counter.found.most_common(1)[0][0]
            break
    else:
        mark = '"'
    escaped = text.replace("\\", "\\\\").replace(mark, f"\\{mark}")
    return f"{mark}{escaped}{mark}"


def is_typed(module: cst.Module, owner: cst.ClassDef) -> bool:
    """Tell whether the methods of a class say what they return, in a module that knows Any."""
    methods = [each for each in owner.body.body if isinstance(each, cst.FunctionDef)]
    return bool(methods) and all(each.returns for each in methods) and _imports_any(module)


def indent_unit(module: cst.Module) -> str:
    """Return what a module is indented by."""
    return module.default_indent


def _imports_any(module: cst.Module) -> bool:
    lines = [each for each in module.body if isinstance(each, cst.SimpleStatementLine)]
    imports = [small for line in lines for small in line.body if isinstance(small, cst.ImportFrom)]
    names = [each for node in imports if not isinstance(node.names, cst.ImportStar) for each in node.names]
    return any(each.name.value == "Any" and each.asname is None for each in names)


class _QuoteCounter(cst.CSTVisitor):
    """Counts the quotes of short texts; docstrings have three whatever the others have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        if len(node.quote) == 1:
            self.found[node.quote] += 1
