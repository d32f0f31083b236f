"""Building a layer, calling it, and reading off what it gives."""
