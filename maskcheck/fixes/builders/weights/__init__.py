"""The builders for findings on weights and other state."""
