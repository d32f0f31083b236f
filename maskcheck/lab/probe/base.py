"""The arguments that Keras' own Layer keeps, probed together: they are written and lost together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.lab.arguments import accepts
from maskcheck.lab.build import BuildError
from maskcheck.lab.probe.attempt import Attempt, Ground, constructed
from maskcheck.lab.probe.judged import outcome, trace_paths
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import Evidence, Probe

_VALUES: dict[str, SpecValue] = {"trainable": False, "dtype": "float64", "activity_regularizer": "l2"}
_FLAGS = {"trainable": "trainable", "dtype": "dtype_policy", "activity_regularizer": "activity_regularizer"}


def probe_base(ground: Ground, evidence: Evidence, settled: Sequence[str]) -> Iterator[Probe]:
    """Yield an outcome for trainable, dtype and activity_regularizer, as far as the class takes them."""
    own = {argument.name for argument in evidence.arguments if not argument.base}
    names = [
        name
        for name in _VALUES
        if name not in (*settled, *ground.case.init, *own) and accepts(ground.cls, name)
    ]
    for group in [names, *([name] for name in names)] if names else []:
        try:
            attempt = constructed(ground, {name: _VALUES[name] for name in group})
        except BuildError:
            if len(group) == 1:
                yield Probe(group[0], "unproven", f"__init__ refuses {group[0]}={_VALUES[group[0]]!r}")
            continue
        yield from _outcomes(evidence, group, attempt)
        if group is names:
            return


def _outcomes(evidence: Evidence, names: Sequence[str], attempt: Attempt) -> Iterator[Probe]:
    left = trace_paths(attempt.trace)
    shown = [name for name in names if _FLAGS[name] in left]
    yield from (
        Probe(name, "unproven", "the layer does not take it on") for name in names if name not in shown
    )
    if not shown:
        return
    found = outcome(evidence, shown[0], attempt)
    if found.outcome != "lost":
        yield from (Probe(name, found.outcome, found.reason) for name in shown)
        return
    yield Probe(", ".join(shown), "lost", value="another", evidence=found.evidence)
