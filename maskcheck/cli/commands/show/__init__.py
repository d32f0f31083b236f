"""The commands that check nothing: each prints something."""
