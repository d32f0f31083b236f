"""Print the benchmark's table; run by ``make bench``."""

from __future__ import annotations

import os
import statistics

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from maskcheck.model.route import DEFAULT_ROUTES, ROUTES
from tests.bench.clock import MASKCHECK, medians, python
from tests.bench.ours import scan
from tests.bench.theirs import layer_tests

# What Keras' own test is comparable with.
FIRST = ("config", "keras", "weights")
HELP_RUNS = 9
IMPORT_RUNS = 3


def main() -> None:
    """Measure everything and print it."""
    own, probed = scan("--no-probe", routes=FIRST), scan(routes=FIRST)
    default = scan("--no-probe")
    alone = {route: scan("--no-probe", routes=(route,)) for route in ROUTES}
    keras = layer_tests()
    both = sorted(own.layers.keys() & keras.layers.keys())
    cases = sum(keras.cases[name] for name in both)
    ours = sum(own.layers[name] for name in both)
    theirs = sum(keras.layers[name] for name in both)
    (tensorflow,) = medians([python("import tensorflow")], IMPORT_RUNS)
    usage, floor = medians([[MASKCHECK, "--help"], python("import click, rich")], HELP_RUNS)

    print("the same cases of keras.layers, one process each, inputs and arguments alike")
    _row("classes", f"{len(both)}")
    _row("cases", f"{cases}")
    _row("config, keras, weights, per case", f"{ours / cases:.3f}", _median(own.layers, keras.cases, both))
    _row(
        "run_layer_test, seconds per case", f"{theirs / cases:.3f}", _median(keras.layers, keras.cases, both)
    )
    _row("ratio", f"{ours / theirs:.2f}", "aim: at most 0.50")
    more = sum(probed.layers[name] for name in both)
    _row("the same with second values", f"{more / cases:.3f}", _median(probed.layers, keras.cases, both))
    _row("ratio to the scan without", f"{more / ours:.2f}", "aim: at most 2.00")
    all_default = sum(default.layers[name] for name in both)
    _row("default routes, seconds per case", f"{all_default / cases:.3f}", ", ".join(DEFAULT_ROUTES))
    _row("ratio to the three above", f"{all_default / ours:.2f}", "aim: at most 2.00")
    for route, scanned in alone.items():
        _row(
            f"  {route} alone",
            f"{sum(scanned.layers[name] for name in both) / cases:.3f}",
            _median(scanned.layers, keras.cases, both),
        )
    _row(
        "whole scan, default routes, seconds",
        f"{default.wall:.1f}",
        f"{len(default.layers)} classes, --jobs 1",
    )
    _row("whole scan, seconds", f"{own.wall:.1f}", f"{len(own.layers)} classes, --jobs 1")
    _row("import tensorflow, seconds", f"{tensorflow:.2f}", f"median of {IMPORT_RUNS}")
    _row("maskcheck --help, seconds", f"{usage:.3f}", f"median of {HELP_RUNS}")
    _row("import click, rich, seconds", f"{floor:.3f}", f"median of {HELP_RUNS}")
    _row("ratio", f"{usage / floor:.2f}", "aim: at most 1.50")
    print("\nleft out of both, because run_layer_test refuses them:")
    for name, reason in sorted(keras.refused.items()):
        print(f"  {name:30} {reason[:90]}")


def _row(name: str, value: str, note: str = "") -> None:
    print(f"  {name:34} {value:>8}  {note}".rstrip())


def _median(seconds: dict[str, float], cases: dict[str, int], names: list[str]) -> str:
    return f"median {statistics.median(seconds[name] / cases[name] for name in names):.3f}"


if __name__ == "__main__":
    main()
