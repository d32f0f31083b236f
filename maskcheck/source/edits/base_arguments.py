"""What to write so that ``__init__`` and ``get_config`` keep what Keras' own Layer takes and writes."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from maskcheck.model.layer_facts import SourceEdit
from maskcheck.source.syntax_tree import read_method

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# What every config of a layer holds, and what stands for each where it is not given.
_ALWAYS = {"name": "None", "trainable": "True", "dtype": "None"}


def write_constructor(file: str, qualname: str) -> tuple[SourceEdit, str] | None:
    """Return the lines of ``__init__`` that take and hand on name, trainable and dtype.

    Returns:
        The signature and the call of ``super().__init__``, and the name of what gets the **kwargs instead
        ("" if nothing does); None where nothing lacks, or there is no such method.
    """
    function = read_method(file, qualname, "__init__")
    if function is None:
        return None
    call = _find_super_call(function) or ast.Call(ast.parse("super().__init__", mode="eval").body, [], [])
    signature = copy.deepcopy(function.args)
    user = ""
    if signature.kwarg is None:
        signature.kwarg = ast.arg("kwargs")
    elif _spreads(call, signature.kwarg.arg):
        return None
    else:
        keywords = signature.kwarg.arg
        others = [each for each in _calls(function) if _spreads(each, keywords)]
        user = _name_target(function, others[0]) if others else ""
    passed = _take_apart(signature) if user else [ast.keyword(None, ast.Name(signature.kwarg.arg))]
    known = {keyword.arg for keyword in call.keywords if keyword.arg}
    new = [each for each in passed if each.arg not in known]
    line = _write(ast.Call(call.func, call.args, [*call.keywords, *new]))
    return SourceEdit(file, function.lineno, f"def __init__({ast.unparse(signature)}):\n    {line}"), user


def _take_apart(signature: ast.arguments) -> list[ast.keyword]:
    """Give a signature the arguments of the base class by name, and return what hands them on."""
    taken = {each.arg for each in (*signature.posonlyargs, *signature.args, *signature.kwonlyargs)}
    for name, default in _ALWAYS.items():
        if name not in taken:
            signature.kwonlyargs.append(ast.arg(name))
            signature.kw_defaults.append(ast.parse(default, mode="eval").body)
    return [ast.keyword(name, ast.Name(name)) for name in _ALWAYS]


def _name_target(function: _Function, call: ast.Call) -> str:
    """Return the attribute that the result of a call is kept in, else what is called."""
    for each in ast.walk(function):
        if isinstance(each, ast.Assign) and any(inner is call for inner in ast.walk(each.value)):
            return ast.unparse(each.targets[0]).removeprefix("self.")
    return ast.unparse(call.func)


def write_super_config(file: str, qualname: str) -> SourceEdit | None:
    """Return the statement of ``get_config`` that starts from the base class's, None where none is to mend.

    A dict that is written out gets what the base class writes at its beginning.
    """
    function = read_method(file, qualname, "get_config")
    if function is None or _calls_super_config(function):
        return None
    returned = [each for each in ast.walk(function) if isinstance(each, ast.Return)]
    if len(returned) != 1:
        return None
    statement: ast.Assign | ast.Return | None = returned[0]
    if isinstance(returned[0].value, ast.Name):
        statement = _find_assignment(function, returned[0].value.id)
    if statement is None or statement.value is None:
        return None
    changed = copy.deepcopy(statement)
    changed.value = _start_from_super(statement.value)
    return SourceEdit(file, statement.lineno, _write(changed))


def _find_assignment(function: _Function, name: str) -> ast.Assign | None:
    """Return the first statement that gives a value to a name."""
    for each in ast.walk(function):
        if isinstance(each, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in each.targets
        ):
            return each
    return None


def _write(node: ast.AST) -> str:
    """Return source text, with double quotes where that is all the same."""
    text = ast.unparse(node)
    return text if '"' in text else text.replace("'", '"')


def _start_from_super(value: ast.expr) -> ast.expr:
    base = ast.parse("super().get_config()", mode="eval").body
    if isinstance(value, ast.Dict):
        return ast.Dict([None, *value.keys], [base, *value.values])
    return ast.Dict([None, None], [base, value])


def _calls_super_config(function: _Function) -> bool:
    """Tell whether a function reads the config of the base class."""
    found = (each for each in ast.walk(function) if isinstance(each, ast.Attribute))
    return any(each.attr == "get_config" and _is_super(each.value) for each in found)


def find_dropped_key(file: str, qualname: str, key: str) -> SourceEdit | None:
    """Return what to do about the statement of ``get_config`` that takes a key out of the config."""
    function = read_method(file, qualname, "get_config")
    for each in ast.walk(function) if function else ():
        if isinstance(each, ast.stmt) and not isinstance(each, _Function) and _drops(each, key):
            statement = _write(each)
            simple = isinstance(each, (ast.Delete, ast.Expr))
            return SourceEdit(
                file, each.lineno, f"without {statement}" if simple else f'keep "{key}" in: {statement}'
            )
    return None


def _drops(statement: ast.stmt, key: str) -> bool:
    """Tell whether a simple statement removes a key: by pop or del, or by a comparison in a comprehension."""
    if isinstance(statement, ast.Delete):
        return any(isinstance(t, ast.Subscript) and _is_text(t.slice, key) for t in statement.targets)
    if hasattr(statement, "body"):
        return False
    return any(_pops(each, key) or _leaves_out(each, key) for each in ast.walk(statement))


def _pops(node: ast.AST, key: str) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
    return bool(is_call) and node.func.attr == "pop" and _is_text(node.args[0], key)  # type: ignore[attr-defined]


def _leaves_out(node: ast.AST, key: str) -> bool:
    tests = node.ifs if isinstance(node, ast.comprehension) else []
    return any(_is_text(part, key) for test in tests for part in ast.walk(test))


def _is_text(node: ast.AST, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _find_super_call(function: _Function) -> ast.Call | None:
    """Return the call of ``__init__`` of a base class, by super() or by its name."""
    for each in _calls(function):
        if isinstance(each.func, ast.Attribute) and each.func.attr == "__init__":
            return each
    return None


def _calls(function: _Function) -> Iterator[ast.Call]:
    return (each for each in ast.walk(function) if isinstance(each, ast.Call))


def _spreads(call: ast.Call, name: str) -> bool:
    return any(k.arg is None and isinstance(k.value, ast.Name) and k.value.id == name for k in call.keywords)


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
