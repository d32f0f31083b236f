"""Changes of source text: each a small value that can be applied to a module."""
