"""Strict YAML: every value with its line and column."""
