"""Rules on saving, loading and registration."""
