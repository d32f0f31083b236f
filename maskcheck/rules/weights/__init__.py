"""Rules on weights and other state."""
