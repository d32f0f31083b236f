"""Checking a layer that exists already, in the process of its owner."""
