"""One live layer: what can be read off it, and what can be set on it."""
