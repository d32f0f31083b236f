"""The first line of ``build`` that a layer needs."""

from __future__ import annotations

from maskcheck.model.evidence import Evidence


def write_build(evidence: Evidence) -> str:
    """Return the line: of several tensors each has its shape, under the name that Keras looks for."""
    tensors = evidence.facts.tensors
    if len(tensors) < 2 or evidence.facts.keras < (3, 0):
        return "def build(self, input_shape)"
    shapes = [f"{name}_shape{'=None' if optional else ''}" for name, optional in tensors.items()]
    return f"def build(self, {', '.join(shapes)})"
