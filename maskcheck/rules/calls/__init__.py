"""Rules on what a call gives."""
