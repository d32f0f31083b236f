"""Whole scans of the fixtures by the real command."""

# The variable that names the directory which all processes of a test run share: tests/conftest.py makes it.
SHARED = "TEST_SHARED_SCANS"
