"""Edits for what the config loses, or cannot bring back."""
