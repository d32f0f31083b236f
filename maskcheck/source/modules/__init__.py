"""Targets, modules and the classes in them, without importing anything."""
