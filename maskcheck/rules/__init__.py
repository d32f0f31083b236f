"""One rule, one file; pure functions from evidence to findings."""
