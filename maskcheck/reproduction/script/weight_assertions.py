"""Assertions on weights, and on what Keras keeps beside them."""

from __future__ import annotations

from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.case_lines import is_frozen_later
from maskcheck.reproduction.script.comparison import find_path, write_comparison
from maskcheck.reproduction.script.request import Request


def assert_weights(request: Request) -> Block:
    """Assert that a weight has the same values."""
    path = find_path(request)
    before, after = f"np.asarray(layer.{path})", f"np.asarray(copy.{path})"
    return write_comparison(path, before, after, "np.array_equal(before, after)")


def assert_every_weight(request: Request) -> Block:
    """Assert that all weights have the same values."""
    return make_block(
        "for before, after in zip(layer.get_weights(), copy.get_weights()):",
        '    assert np.array_equal(before, after), f"a weight was {before} and comes back as {after}"',
    )


def assert_number(request: Request) -> Block:
    """Assert that there are as many weights."""
    return write_comparison("the number of weights", "len(layer.weights)", "len(copy.weights)")


def assert_trainable(request: Request) -> Block:
    """Assert that the same weights are trainable."""
    of = "[weight.trainable for weight in {}.weights]"
    return write_comparison("which weights are trainable", of.format("layer"), of.format("copy"))


def assert_types(request: Request) -> Block:
    """Assert that the weights have the same dtypes and shapes."""
    of = "[(str(weight.dtype), tuple(weight.shape)) for weight in {}.weights]"
    return write_comparison("dtype and shape of the weights", of.format("layer"), of.format("copy"))


def assert_compiled(request: Request) -> Block:
    """Assert that the copy is compiled."""
    return make_block(
        'assert getattr(copy, "optimizer", None), "the model was compiled, and comes back without it"'
    )


def compile_model(request: Request) -> Block:
    """Return what compiles a model."""
    return make_block('layer.compile(optimizer="adam", loss="mse")')


def freeze_layer(request: Request) -> Block:
    """Return what freezes a layer after it was made, where that is how the flag is lost."""
    return make_block("layer.trainable = False") if is_frozen_later(request.finding) else Block()
