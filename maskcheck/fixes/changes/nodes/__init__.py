"""Reads and writes parts of source text that changes have in common."""
