"""Files in YAML that people write: every value with its place."""
