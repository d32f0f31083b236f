"""Rules on attributes and sub-layers."""
