"""From evidence to verdicts: every rule is applied, and every check gets its status."""
