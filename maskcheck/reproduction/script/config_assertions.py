"""Assertions on configs, attributes and classes."""

from __future__ import annotations

from maskcheck.model.finding import Finding
from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.case_lines import choose_init
from maskcheck.reproduction.script.comparison import find_path, get_first_name, quote_text, write_comparison
from maskcheck.reproduction.script.expressions import NotWritable, is_path, read_literal, write_value
from maskcheck.reproduction.script.request import Request


def assert_key(request: Request) -> Block:
    """Assert that the config has the argument."""
    name, given = get_first_name(request), choose_init(request)
    shown = write_value(given[name]).text if name in given else "its default"
    return make_block(
        "config = layer.get_config()",
        f'assert "{name}" in config, "the config has no {name}, which was {quote_text(shown)}"',
    )


def assert_value(request: Request) -> Block:
    """Assert that the config has the value that was given.

    Raises:
        NotWritable: it is no plain value.
    """
    name, given = get_first_name(request), choose_init(request)
    literal = read_literal(request.finding.before)
    if name not in given or not literal or isinstance(given[name], list | tuple | dict):
        raise NotWritable("the argument is no plain value")
    return write_comparison(name, write_value(given[name]).text, f'layer.get_config().get("{name}")')


def assert_copied_config(request: Request) -> Block:
    """Assert that the config of the copy says the same of the argument."""
    name = get_first_name(request)
    return write_comparison(name, f'layer.get_config().get("{name}")', f'copy.get_config().get("{name}")')


def assert_attribute(request: Request) -> Block:
    """Assert that an attribute has the same value.

    Raises:
        NotWritable: it is an object that equals itself only.
    """
    path, finding = find_path(request), request.finding
    if finding.deltas or " array (" in finding.before or " tensor (" in finding.before:
        return write_comparison(path, f"layer.{path}", f"copy.{path}", "np.array_equal(before, after)")
    if finding.before and not _is_comparable(finding):
        raise NotWritable(f"{path} is an object that compares with nothing")
    return write_comparison(path, f"layer.{path}", f"copy.{path}")


def _is_comparable(finding: Finding) -> bool:
    """Tell whether the value before is a literal, or a function or class by its dotted name."""
    text = finding.before
    return bool(read_literal(text)) or (text.replace(".", "").isidentifier() and text[-1].islower())


def assert_policy(request: Request) -> Block:
    """Assert that a dtype policy is the same."""
    path = find_path(request)
    name = path if path.endswith("dtype_policy") else "dtype_policy"
    return write_comparison(name, f"layer.{name}.name", f"copy.{name}.name")


def assert_base(request: Request) -> Block:
    """Assert that an argument of the base class is the same."""
    name = get_first_name(request)
    found = {"dtype": "{}.dtype_policy.name", "activity_regularizer": "type({}.activity_regularizer)"}
    text = found.get(name, f"{{}}.{name}")
    return write_comparison(name, text.format("layer"), text.format("copy"))


def assert_class(request: Request) -> Block:
    """Assert that the class is the same, of the layer or of a part of it."""
    path = find_path(request)
    # The class itself is named as such, a part of it by its path.
    of = "" if request.finding.before.endswith(f".{path}") else f".{path}"
    what = f"the class of {path}" if of else "the class"
    return write_comparison(what, f"type(layer{of})", f"type(copy{of})", "before is after")


def assert_apart(request: Request) -> Block:
    """Assert that original and copy do not share a part."""
    path = find_path(request)
    return make_block(f'assert copy.{path} is not layer.{path}, "the copy shares {quote_text(path)} with it"')


def assert_one(request: Request) -> Block:
    """Assert that what is one object is one in the copy.

    Raises:
        NotWritable: fewer than two names of it can be looked up.
    """
    paths = [path for path in request.finding.subjects if is_path(path)]
    if len(paths) < 2:
        raise NotWritable("what was shared has no name in Python")
    first, second = paths[:2]
    return make_block(
        f"assert layer.{first} is layer.{second}",
        f'assert copy.{first} is copy.{second}, "{quote_text(first)} and {quote_text(second)} '
        'were one object and come back as two"',
    )


def assert_config_unchanged(request: Request) -> Block:
    """Assert that the config is the same when it is asked for again."""
    return make_block(
        "first, second = str(layer.get_config()), str(layer.get_config())",
        'assert first == second, f"the config was {first} and is then {second}"',
    )


def assert_config_kept(request: Request) -> Block:
    """Assert that ``from_config`` leaves the config as it was."""
    return make_block(
        "config = layer.get_config()",
        "before = str(config)",
        f"{request.subject.qualname}.from_config(config)",
        'assert before == str(config), f"from_config changes {before} to {config}"',
    )
