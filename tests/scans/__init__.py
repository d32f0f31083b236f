"""Whole scans of the fixtures by the real command."""
