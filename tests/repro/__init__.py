"""Writes and runs the scripts that show the faults of the fixtures: ``python -m tests.repro``."""
