"""The case in a script: the inputs, the layer, what prepares it, and weights that no initializer gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from maskcheck.model.case import Case, Leaf, Preparation
from maskcheck.model.finding import Finding
from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.expressions import (
    Expression,
    NotWritable,
    is_path,
    read_literal,
    write_arguments,
    write_array,
    write_value,
)
from maskcheck.reproduction.script.request import Request
from maskcheck.rules.config.base_config_lost import BaseConfigLost

_TF = "import tensorflow as tf"
# Second values for what the base class takes.
_BASE_VALUES = {"name": "given", "trainable": False, "dtype": "float64", "activity_regularizer": "l2"}
_SHOWN_BY = ("shown by a second value: ", "shown by second values of ")


@dataclass(frozen=True)
class CallText:
    """A call of the layer as text: ``leaves`` are the tensors by their names, ``text`` what is passed."""

    leaves: Mapping[str, Leaf]
    text: str
    imports: frozenset[str]


def choose_init(request: Request) -> Mapping[str, Any]:
    """Return the constructor arguments: those of the case, and second values that alone show the finding."""
    return {**request.case.init, **_find_second_values(request)}


def is_frozen_later(finding: Finding) -> bool:
    """Tell whether a trainable flag is lost only where it is set once the layer is made."""
    return finding.subjects[:1] == ("trainable",) and "config" not in finding.routes


def write_call_text(case: Case, prefix: str = "x") -> CallText:
    """Return what the case passes to the layer; a tensor is named by ``prefix``, with a number if of many."""
    single = _count_leaves([case.args, case.call]) == 1
    names = iter([prefix]) if single else (f"{prefix}{number}" for number in count())
    leaves: dict[str, Leaf] = {}
    found = [_name_leaves(tree, leaves, names) for tree in case.args]
    keywords = {name: _name_leaves(value, leaves, names) for name, value in case.call.items()}
    written = [each.text for each in found] + [f"{name}={each.text}" for name, each in keywords.items()]
    imports = frozenset().union(*(each.imports for each in (*found, *keywords.values())))
    return CallText(leaves, ", ".join(written), imports)


def write_inputs(case: Case) -> Block:
    """Return the lines that make the inputs from one seeded generator."""
    block = make_block("rng = np.random.default_rng(0)")
    call = write_call_text(case)
    for name, leaf in call.leaves.items():
        text = write_array(leaf)
        if leaf.dtype == "string" or leaf.mask:
            block += make_block(f"{name} = tf.constant({text})", imports=[_TF])
        else:
            block += make_block(f"{name} = {text}")
        if leaf.mask:
            mask = write_array(Leaf(leaf.mask.shape, leaf.mask.values, "bool"))
            block += make_block(f"{name}._keras_mask = tf.constant({mask})", imports=[_TF])
    return Block(block.lines, block.imports | call.imports)


def write_construction(request: Request, name: str = "layer") -> Block:
    """Return the line that constructs the layer."""
    given = write_arguments(choose_init(request))
    return make_block(f"{name} = {request.subject.qualname}({given.text})", imports=given.imports)


def write_first_call(request: Request, name: str = "layer") -> Block:
    """Return the line that builds the layer by calling it."""
    return make_block(f"{name}({write_call_text(request.case).text})")


def write_preparations(request: Request) -> Block:
    """Return the calls that prepare the layer; all but ``adapt`` ask for one that is built."""
    steps = request.case.prepare
    block = Block() if steps and steps[0].method == "adapt" else write_first_call(request)
    for step in steps:
        block += _write_preparation(step)
    return block + write_first_call(request) if steps else block


def write_random_weights(request: Request) -> Block:
    """Return the lines that give every weight a value which no initializer gives."""
    lines = [
        "for weight in layer.weights:  # values that no initializer gives",
        '    if "float" in str(weight.dtype):',
        "        weight.assign(np.asarray(weight) + rng.uniform(0.1, 0.4, tuple(weight.shape)))",
    ]
    return make_block(*lines)


def write_untracked_values(request: Request) -> Block:
    """Return the lines that give variables other values which Keras does not see."""
    paths = [delta.path for delta in request.finding.deltas if is_path(delta.path)]
    return make_block(*(f"layer.{path}.assign(layer.{path} + 1)  # as training would" for path in paths))


def _count_leaves(tree: Any) -> int:
    if isinstance(tree, Mapping):
        return sum(map(_count_leaves, tree.values()))
    return sum(map(_count_leaves, tree)) if isinstance(tree, list | tuple) else isinstance(tree, Leaf)


def _name_leaves(tree: Any, leaves: dict[str, Leaf], names: Iterator[str]) -> Expression:
    """Return a tree of tensors as text, and note each of them under a name."""
    match tree:
        case Leaf():
            name = next(names)
            leaves[name] = tree
            return Expression(name)
        case list() | tuple():
            items = [_name_leaves(item, leaves, names) for item in tree]
            inside = ", ".join(item.text for item in items)
            comma = "," if isinstance(tree, tuple) and len(items) == 1 else ""
            text = f"({inside}{comma})" if isinstance(tree, tuple) else f"[{inside}]"
            return Expression(text, frozenset().union(*(item.imports for item in items)))
        case Mapping():
            named = {key: _name_leaves(item, leaves, names) for key, item in tree.items()}
            text = ", ".join(f"{key!r}: {item.text}" for key, item in named.items())
            return Expression(f"{{{text}}}", frozenset().union(*(item.imports for item in named.values())))
    return write_value(tree)


def _write_preparation(step: Preparation) -> Block:
    args = [write_value(value) for value in step.args]
    kwargs = write_arguments(step.kwargs)
    text = ", ".join(filter(None, (*(each.text for each in args), kwargs.text)))
    imports = kwargs.imports.union(*(each.imports for each in args))
    return make_block(f"layer.{step.method}({text})", imports=imports)


def _find_second_values(request: Request) -> Mapping[str, Any]:
    """Return the values that alone show the loss of an argument, as the finding tells them."""
    value, several = _SHOWN_BY
    subjects = request.finding.subjects
    for sentence in request.finding.consequences:
        if sentence.startswith(value):
            names, _, text = sentence.removeprefix(value).partition("=")
            literal = read_literal(text)
            if not literal:
                raise NotWritable(f"the value that shows it cannot be written in a script: {text}")
            return dict.fromkeys(names.split(", "), literal[0])
        if sentence.startswith(several) and subjects[0] in sentence.removeprefix(several).split(", "):
            return {name: _BASE_VALUES[name] for name in subjects[:1] if name in _BASE_VALUES}
    first = subjects[0] if subjects and not is_frozen_later(request.finding) else ""
    is_of_base = request.finding.rule == BaseConfigLost.code and first in _BASE_VALUES
    return {first: _BASE_VALUES[first]} if is_of_base and first not in request.case.init else {}
