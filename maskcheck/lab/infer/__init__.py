"""Building and calling a class that has no entry in the spec."""

from maskcheck.lab.infer.inference import infer

__all__ = ["infer"]
