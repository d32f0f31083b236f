"""Checking one layer in the caller's own process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maskcheck.api.keras_version import use_keras_of
from maskcheck.api.options import Names, make_settings
from maskcheck.api.reports import LayerReport, wrap_layer_report


def check(
    layer: Any,
    inputs: Any = None,
    *,
    init: Mapping[str, Any] | None = None,
    call: Mapping[str, Any] | None = None,
    routes: Names | None = None,
    select: Names = (),
    ignore: Names = (),
    probe: bool = True,
    seed: int = 0,
    device: str = "auto",
) -> LayerReport:
    """Send a layer on round trips, here and now, and return what did not come back.

    A layer is used as it stands, and is afterwards as it was: weights, attributes, whether it
    is built. So are the random positions of Python, NumPy, Keras and TensorFlow, and Keras'
    settings. While the check lasts, the weights are given random values: zeros would come back
    by luck. A class is constructed, as in a scan.

    Args:
        layer: a Keras layer or model, or a class of them, wherever it is defined.
        inputs: the first argument of ``call``: an array or tensor, or nested lists, tuples and
            dicts of them; shapes include the batch dimension. Without them a case is inferred
            for a class.
        init: the constructor arguments, for a class. For a layer, what it was constructed
            with, which Keras notes by itself if they are plain values.
        call: keyword arguments of ``call``.
        routes: names of routes, "all" for all that end in this process; by default those of a
            scan but ``fresh``, which takes another process.
        select: rules to apply, by code, beginning of a code, or name; all by default.
        ignore: rules to leave out, named in the same way.
        probe: try second values for constructor arguments that the check leaves open.
        seed: of inferred inputs and of random weights.
        device: where to compute.

    Returns:
        The report, which prints as the command would print it.

    Raises:
        MaskcheckError: the layer cannot be checked so; says what to write instead.
        KeyboardInterrupt: Ctrl-C came.
    """
    settings = make_settings(routes, select, ignore, probe=probe, seed=seed, device=device)
    with use_keras_of(layer):
        from maskcheck.lab.in_process.check import check_here

    return wrap_layer_report(check_here(layer, inputs, init, call or {}, settings))


def assert_round_trip(layer: Any, inputs: Any = None, **options: Any) -> None:
    """Assert that a layer comes back from its round trips.

    Args:
        layer: a layer or a class, as for `check`.
        inputs: the first argument of ``call``, as for `check`.
        options: further arguments of `check`.

    Raises:
        AssertionError: it does not; the message is the report.
        MaskcheckError: it cannot be checked so.
    """
    __tracebackhide__ = True
    report = check(layer, inputs, **options)
    if not report.conforms:
        from maskcheck.report.formats.to_string import headline

        raise AssertionError(f"{headline(report)}\n{report}")
