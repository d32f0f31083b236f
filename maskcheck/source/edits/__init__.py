"""Finds where in the source an edit belongs."""
