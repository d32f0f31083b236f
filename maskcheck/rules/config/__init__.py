"""Rules on the config."""
