"""Assertions on what calls give: outputs, losses, gradients and masks."""

from __future__ import annotations

from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.case_lines import write_call_text
from maskcheck.reproduction.script.comparison import write_comparison
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.request import Request

_TF = "import tensorflow as tf"


def _flatten(expression: str) -> str:
    return f"[np.asarray(each) for each in tf.nest.flatten({expression})]"


def _call(request: Request, name: str) -> str:
    return f"{name}({write_call_text(request.case).text})"


def assert_outputs(request: Request) -> Block:
    """Assert that the outputs agree, those of a graph up to rounding."""
    # A graph adds and multiplies in another order than the calls that were traced into it.
    tolerance = "1e-4, 1e-5" if request.finding.routes == ("export",) else "1e-7, 0"
    return make_block(
        f"before = {_flatten(_call(request, 'layer'))}",
        f"after = {_flatten(_call(request, 'copy'))}",
        "for one, other in zip(before, after):",
        "    difference = np.max(np.abs(one.astype(float) - other.astype(float)))",
        f"    assert np.allclose(one, other, {tolerance}, equal_nan=True), "
        'f"the outputs differ by at most {difference}"',
        imports=[_TF],
    )


def assert_shapes(request: Request) -> Block:
    """Assert that the outputs have the same structure, shapes and dtypes."""
    shapes = "[(each.dtype, each.shape) for each in tf.nest.flatten({})]"
    before, after = (shapes.format(_call(request, name)) for name in ("layer", "copy"))
    return make_block(
        f"before = {before}",
        f"after = {after}",
        'assert before == after, f"the outputs were {before} and come back as {after}"',
        imports=[_TF],
    )


def assert_losses(request: Request) -> Block:
    """Assert that a call adds the same losses."""
    return make_block(
        _call(request, "layer"),
        _call(request, "copy"),
        "before, after = (np.array([float(loss) for loss in each.losses]) for each in (layer, copy))",
        "assert before.shape == after.shape and np.allclose(before, after), "
        'f"the losses were {before} and come back as {after}"',
    )


def assert_training(request: Request) -> Block:
    """Assert that the gradients of all trainable weights agree."""
    call = _call(request, "each").replace(", training=False", "")
    return make_block(
        "gradients = []",
        "for each in (layer, copy):",
        "    with tf.GradientTape() as tape:",
        f"        outputs = tf.nest.flatten({call})",
        "        loss = sum(tf.reduce_sum(tf.square(output)) for output in outputs) + sum(each.losses)",
        "    variables = [getattr(weight, 'value', weight) for weight in each.trainable_weights]",
        "    gradients.append([np.asarray(each) for each in tape.gradient(loss, variables)])",
        "for one, other in zip(*gradients):",
        '    assert np.allclose(one, other, atol=1e-5), f"a gradient was {one} and comes back as {other}"',
        imports=[_TF],
    )


def assert_layer_kept(request: Request) -> Block:
    """Assert that asking for the config leaves the outputs as they were."""
    return make_block(
        f"before = {_flatten(_call(request, 'layer'))}",
        "layer.get_config()",
        f"after = {_flatten(_call(request, 'layer'))}",
        "for one, other in zip(before, after):",
        '    assert np.allclose(one, other), f"get_config changes the outputs from {one} to {other}"',
        imports=[_TF],
    )


def assert_masks(request: Request) -> Block:
    """Assert that the same mask comes out for what the case gives."""
    leaf = next(iter(write_call_text(request.case).leaves.values()), None)
    first = next(iter(write_call_text(request.case).leaves), "None")
    carried = f"getattr({first}, '_keras_mask', None)" if leaf and leaf.mask else "None"
    before, after = (f"{name}.compute_mask({first}, {carried})" for name in ("layer", "copy"))
    return write_comparison("the mask", before, after, "np.array_equal(before, after)")


def assert_passed_masks(request: Request) -> Block:
    """Assert that the same mask comes out for one that goes in."""
    leaf = next(iter(write_call_text(request.case).leaves.values()), None)
    first = next(iter(write_call_text(request.case).leaves), "")
    if leaf is None or not leaf.shape or len(leaf.shape) < 2:
        raise NotWritable("no tensor of the case can carry a mask")
    before, after = (f"{name}.compute_mask({first}, mask)" for name in ("layer", "copy"))
    made = make_block(f"mask = np.arange({leaf.shape[0] * leaf.shape[1]}).reshape({leaf.shape[:2]}) % 2 == 0")
    return made + write_comparison("the mask", before, after, "np.array_equal(before, after)")
