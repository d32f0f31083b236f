"""A finding as a script in plain Keras, for a bug report: written from the report, and proved by a run."""
