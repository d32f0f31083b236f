"""Comments in source text."""
