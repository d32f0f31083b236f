"""What ``call`` and ``build`` of a class do with what they are given, as its text shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maskcheck.source.aliases import Function, aliases, arguments
from maskcheck.source.text import stored_tree
from maskcheck.source.trees import class_named, dotted, methods

_INTEGERS = frozenset({"one_hot", "embedding_lookup", "sequence_mask", "bincount", "to_categorical"})
_INDICES = frozenset({"gather", "take", "take_along_axis", "segment_sum", "scatter", "unsorted_segment_sum"})
_RANKS = {"conv1d": 3, "conv2d": 4, "conv3d": 5, "depthwise_conv2d": 4, "max_pool2d": 4, "avg_pool2d": 4}
_SHAPE_CALLS = frozenset({"shape", "int_shape", "get_shape", "static_shape", "get_shape_list", "as_list"})


@dataclass(frozen=True)
class InputUsage:
    """What is done with one argument of ``call``.

    Attributes:
        names: what it is unpacked to, in order.
        length: of the list it must be, as unpacking and indexing show.
        keys: what it is looked up by.
        ranks: it is compared with, unpacked or transposed as a tensor of.
        least: the rank that indexing of its shape needs.
        dtypes: it must be of, the plainest evidence first.
        layers: classes of the layers that it is handed to.
        checked: whether its type is asked for, so that it may be of several.
    """

    names: tuple[str, ...] = ()
    length: int | None = None
    keys: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    least: int = 0
    dtypes: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    checked: bool = False


@dataclass
class _Found:
    names: list[str] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    dtypes: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    checked: bool = False

    def frozen(self) -> InputUsage:
        return InputUsage(
            names=tuple(self.names),
            length=max(self.lengths, default=None),
            keys=tuple(dict.fromkeys(self.keys)),
            ranks=tuple(dict.fromkeys(self.ranks)),
            least=max(self.least, default=0),
            dtypes=tuple(dict.fromkeys(self.dtypes)),
            layers=tuple(dict.fromkeys(self.layers)),
            checked=self.checked,
        )


def input_usages(file: str, qualname: str) -> Mapping[str, InputUsage]:
    """Return how a class uses each argument of its own ``call``.

    What ``build`` does with its shape counts for the first argument. Names that the
    argument is unpacked to have entries of their own.
    """
    tree = stored_tree(file)
    node = class_named(tree, qualname) if isinstance(tree, ast.Module) else None
    own = methods(node) if node else {}
    found: dict[str, _Found] = {}
    makers = dict(_makers(own))
    if "call" in own:
        _read_call(own["call"], makers, found)
    first = next(iter(arguments(own["call"])), None) if "call" in own else "inputs"
    if "build" in own and first:
        _read_build(own["build"], found.setdefault(first, _Found()))
    return {name: one.frozen() for name, one in found.items()}


def _makers(own: Mapping[str, Function]) -> Iterator[tuple[str, str]]:
    """Yield the attributes that hold what a class made, with the name of that class."""
    for function in own.values():
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Attribute() as target], value=ast.Call(func=func)):
                    yield dotted(target) or "", (dotted(func) or "").rpartition(".")[2]


def _read_call(call: Function, makers: Mapping[str, str], found: dict[str, _Found]) -> None:
    known = {name: name for name in arguments(call)}
    for node in ast.walk(call):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=parts) | ast.List(elts=parts)], value=ast.Name(id=name)):
                if name in known and all(isinstance(part, ast.Name) for part in parts):
                    known |= {part.id: part.id for part in parts if isinstance(part, ast.Name)}
    known = aliases(call, known)
    for name in known.values():
        found.setdefault(name, _Found())
    shapes = _shape_names(call, known)
    for node in ast.walk(call):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load) and child.id in known:
                _use(child, node, found[known[child.id]], makers)
            owner = _shape_of(child, known, shapes)
            if owner:
                _use_shape(child, node, found[owner])


def _read_build(build: Function, found: _Found) -> None:
    names = arguments(build)[:1]
    shapes = aliases(build, {name: name for name in names}, ("tuple", "list", "TensorShape", "as_list"))
    for node in ast.walk(build):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load) and child.id in shapes:
                _use_shape(child, node, found)


def _shape_names(call: Function, known: Mapping[str, str]) -> dict[str, str]:
    """Return local names that hold the shape of an argument."""
    found: dict[str, str] = {}
    for node in ast.walk(call):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                owner = _shape_of(value, known, found)
                if owner:
                    found[target] = owner
    return found


def _shape_of(node: ast.AST, known: Mapping[str, str], shapes: Mapping[str, str]) -> str | None:
    """Return the argument whose shape an expression is."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr="shape"):
            return known.get(name)
        case ast.Call(func=func, args=[inner, *_]) if _last(func) in _SHAPE_CALLS | {"tuple", "list"}:
            own = known.get(inner.id) if isinstance(inner, ast.Name) and _last(func) in _SHAPE_CALLS else None
            return own or _shape_of(inner, known, shapes)
        case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[]) if attr in _SHAPE_CALLS:
            own = known.get(inner.id) if isinstance(inner, ast.Name) else None
            return own or _shape_of(inner, known, shapes)
        case ast.Name(id=name, ctx=ast.Load()):
            return shapes.get(name)
    return None


def _last(func: ast.expr) -> str:
    return (dotted(func) or "").rpartition(".")[2]


def _use(name: ast.Name, parent: ast.AST, found: _Found, makers: Mapping[str, str]) -> None:
    """Note what the place of an argument in ``parent`` says of it."""
    match parent:
        case ast.Assign(targets=[ast.Tuple(elts=parts) | ast.List(elts=parts)]):
            if not any(isinstance(part, ast.Starred) for part in parts):
                found.lengths.append(len(parts))
                found.names = [part.id if isinstance(part, ast.Name) else "" for part in parts]
        case ast.Subscript(slice=ast.Constant(value=str(key)), value=value) if value is name:
            found.keys.append(key)
        case ast.Subscript(slice=ast.Constant(value=int(position)), value=value) if value is name:
            found.lengths.append(position + 1)
        case ast.Subscript(slice=ast.Tuple(elts=parts), value=value) if value is name:
            dims = [p for p in parts if not (isinstance(p, ast.Constant) and p.value in (None, ...))]
            found.least.append(len(dims))
        case ast.Subscript(slice=index) if index is name:
            found.dtypes.append("int32")
        case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()]):
            found.keys.append(key)
        case ast.For() | ast.comprehension() | ast.Starred():
            found.lengths.append(2)
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()) | ast.UnaryOp(op=ast.Invert()):
            found.dtypes.append("bool")
        case ast.Call(func=func, args=args):
            _use_in_call(name, func, args, found, makers)


def _use_in_call(
    name: ast.Name, func: ast.expr, args: list[ast.expr], found: _Found, makers: Mapping[str, str]
) -> None:
    path = dotted(func) or ""
    last = path.rpartition(".")[2]
    place = next((number for number, argument in enumerate(args) if argument is name), 0)
    if path in makers and place == 0:
        found.layers.append(makers[path])
    elif last == "isinstance":
        found.checked = True
    elif last in _RANKS and place == 0:
        found.ranks.append(_RANKS[last])
    elif ".image." in path and place == 0:
        found.ranks.append(4)
    elif ".strings." in path:
        found.dtypes.append("string")
    elif last in _INTEGERS or (last in _INDICES and place == 1):
        found.dtypes.append("int32")
    elif last in {"logical_and", "logical_not", "logical_or"}:
        found.dtypes.append("bool")
    elif last == "transpose" and len(args) > 1 and isinstance(args[1], ast.List | ast.Tuple):
        found.ranks.append(len(args[1].elts))
    elif last == "einsum" and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str):
        operands = args[0].value.partition("->")[0].replace(" ", "").split(",")
        if place - 1 < len(operands) and "..." not in operands[place - 1]:
            found.ranks.append(len(operands[place - 1]))


def _use_shape(shape: ast.AST, parent: ast.AST, found: _Found) -> None:
    """Note what the place of an argument's shape in ``parent`` says of its rank."""
    match parent:
        case ast.Assign(targets=[ast.Tuple(elts=parts) | ast.List(elts=parts)], value=value) if (
            value is shape
        ):
            _unpacked_shape(parts, found)
        case ast.Subscript(slice=ast.Constant(value=int(position))):
            found.least.append(position + 1)
        case ast.Subscript(slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(position)))):
            found.least.append(position)
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            found.keys.append(key)


def _unpacked_shape(parts: list[ast.expr], found: _Found) -> None:
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if any(isinstance(part, ast.Starred) for part in parts):
        found.least.append(len(parts) - 1)
    elif names and all("shape" in name for name in names):
        found.lengths.append(len(parts))
    else:
        found.ranks.append(len(parts))
