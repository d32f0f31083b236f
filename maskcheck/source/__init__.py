"""What source text tells without importing it: targets, modules, classes, methods."""
