"""Finds nondeterminism in one function: random draws, clocks, identities, set order, shared state."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from maskcheck.model.layer_facts import ChanceKind
from maskcheck.source.arguments.aliases import Function
from maskcheck.source.ast_helpers import dotted
from maskcheck.source.nondeterminism.names import Names, is_set

# Streams of the whole process, which a seed for all of them holds still.
_STREAM = re.compile(
    r"random\.(?!seed|[gs]etstate)[a-z]\w*"
    r"|numpy\.random\.(?!seed|[gs]et_state|default_rng)[a-z]\w*"
    r"|keras\.random\.[a-z]\w*"
    r"|tensorflow\.(random\.(?!stateless|set_seed|get_global|experimental)[a-z]\w*|image\.random_\w+)"
    r"|tensorflow\.nn\.dropout"
)
# What takes its seed first, and one of the system without it.
_SEEDED = re.compile(
    r"numpy\.random\.(default_rng|RandomState|SeedSequence|seed|PCG64|PCG64DXSM|MT19937|Philox|SFC64)"
    r"|random\.(Random|seed)|keras\.random\.SeedGenerator"
)
_SYSTEM = re.compile(
    r"uuid\.uuid[14]|os\.urandom|secrets\.\w+|random\.SystemRandom"
    r"|tempfile\.(mkdtemp|mkstemp|mktemp|NamedTemporaryFile|TemporaryDirectory)"
    r"|tensorflow\.random\.(Generator\.from_non_deterministic_state|get_global_generator)"
)
_CLOCK = re.compile(
    r"time\.(time|monotonic|perf_counter|process_time|thread_time)(_ns)?"
    r"|datetime\.(datetime\.|date\.)?(now|utcnow|today)|tensorflow\.timestamp"
)
_IDENTITY = re.compile(r"id|hash")
_IN_ORDER = frozenset({"list", "tuple", "iter", "enumerate", "zip"})
_IN_ANY_ORDER = frozenset({"sorted", "set", "frozenset", "sum", "min", "max", "any", "all"})
_CHANGES = frozenset(
    {"append", "add", "update", "extend", "insert", "pop", "popitem", "clear", "setdefault"}
    | {"remove", "discard", "appendleft", "popleft"}
)


@dataclass(frozen=True)
class Draw:
    """One draw; ``carriers`` are the expressions that hold its value, ``changes`` an outer name changed."""

    line: int
    doing: str
    kind: ChanceKind
    carriers: tuple[ast.AST, ...]
    changes: str = ""


def find_draws(function: Function, names: Names) -> list[Draw]:
    """Return all draws of a function, nested functions included, in the order of lines."""
    nodes = list(ast.walk(function))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    found = [draw for call in calls for draw in _call_draws(call, names)]
    found += _set_iterations(nodes, names)
    found += _outside_changes(function, nodes, names)
    return sorted(found, key=lambda draw: draw.line)


def _call_draws(call: ast.Call, names: Names) -> Iterator[Draw]:
    """Yield what one call draws or reads."""
    path, written = names.path(call.func), dotted(call.func) or ""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    held = dotted(call.args[0] if path == "next" and call.args else owner) or ""
    doing = ""
    kind: ChanceKind = "draw"
    if _STREAM.fullmatch(path):
        doing, kind = _describe_unseeded(call, names), "stream"
    elif _SEEDED.fullmatch(path):
        doing = _describe_unseeded(call, names, *call.args[:1])
        kind = "stream" if path.startswith("keras.") else "draw"
    elif _SYSTEM.fullmatch(path):
        doing = f"draws from {written}"
    elif _CLOCK.fullmatch(path):
        doing, kind = f"reads {written}", "clock"
    elif _IDENTITY.fullmatch(path):
        doing, kind = f"depends on {written}()", "identity"
    elif held in names.generators:
        doing, kind = f"moves {held} on", "moving" if held.startswith("self.") else "draw"
    if doing:
        yield Draw(call.lineno, doing, kind, (call,))


def _describe_unseeded(call: ast.Call, names: Names, *first: ast.expr) -> str:
    """Return what is said of a draw without a seed; "" with one."""
    seeds = [*first, *(keyword.value for keyword in call.keywords if keyword.arg == "seed")]
    given = [seed for seed in seeds if not (isinstance(seed, ast.Constant) and seed.value is None)]
    if not given:
        return f"draws from {dotted(call.func)} without a seed"
    return (
        f"draws from {dotted(call.func)}, whose seed may be None" if dotted(given[0]) in names.unset else ""
    )


def _set_iterations(nodes: list[ast.AST], names: Names) -> Iterator[Draw]:
    """Yield where the order of a set matters."""
    calls = [(names.path(node.func), node) for node in nodes if isinstance(node, ast.Call)]
    unordered = {id(argument) for path, call in calls if path in _IN_ANY_ORDER for argument in call.args}
    for node in nodes:
        match node:
            case ast.For(iter=source):
                sources = [source]
            case (
                ast.GeneratorExp(generators=loops)
                | ast.ListComp(generators=loops)
                | ast.DictComp(generators=loops)
            ):
                sources = [loop.iter for loop in loops]
            case ast.Call(func=func, args=args) if names.path(func) in _IN_ORDER:
                sources = args
            case _:
                continue
        for source in sources if id(node) not in unordered else ():
            if is_set(source, names):
                yield Draw(source.lineno, "iterates over a set", "order", (source,))


def _outside_changes(function: Function, nodes: list[ast.AST], names: Names) -> Iterator[Draw]:
    """Yield where state outside the layer is changed; what reads it later carries that on."""
    outer = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    for node in nodes:
        for target in _targets(node):
            text = _outside_target(target, outer, _with_own_class(function, names))
            if text:
                readers = (n for n in nodes if isinstance(n, ast.Name | ast.Attribute))
                carriers = tuple(n for n in readers if isinstance(n.ctx, ast.Load) and ast.unparse(n) == text)
                doing = f"changes {text}" if "." in text else f"changes the global {text}"
                yield Draw(target.lineno, doing, "shared", carriers, text.rpartition(".")[2])


def _with_own_class(function: Function, names: Names) -> Names:
    """Return the names with the class by which a class method knows itself."""
    decorators = {dotted(decorator) for decorator in function.decorator_list}
    own = {function.args.args[0].arg} if "classmethod" in decorators and function.args.args else set()
    return replace(names, classes=names.classes | own)


def _targets(node: ast.AST) -> list[ast.expr]:
    """Return what a statement assigns to, or the object that a call changes in place."""
    match node:
        case ast.Assign(targets=targets):
            parts = [t.elts if isinstance(t, ast.Tuple | ast.List) else [t] for t in targets]
            return [part for group in parts for part in group]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target, value=ast.expr()):
            return [target]
        case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr in _CHANGES:
            return [ast.Subscript(owner, ast.Constant(...), ast.Store(), lineno=node.lineno)]
    return []


def _outside_target(target: ast.expr, outer: set[str], names: Names) -> str:
    """Return the text of what a target is, if that lies outside the layer; "" else."""
    match target:
        case ast.Name(id=name) if name in outer:
            return name
        case ast.Subscript(value=value) if dotted(value) in names.shared:
            return dotted(value) or ""
        case ast.Attribute(value=ast.Name(id=name)) if name in names.classes or name in names.imported:
            return ast.unparse(target)
        case ast.Attribute(value=ast.Call(func=ast.Name(id="type")) | ast.Attribute(attr="__class__")):
            return ast.unparse(target)
    return ""
