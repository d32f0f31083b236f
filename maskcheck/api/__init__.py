"""The Python API: what ``maskcheck`` offers to programs, tests and notebooks."""
